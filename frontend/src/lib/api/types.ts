/**
 * Shapes of the read API (`/api/v1/{locale}/...`) under the names the pages use. All come from the OpenAPI document:
 * `make types` writes schema.d.ts; what is too loose here is tightened in cms/rest_api/serializers.py.
 */
import type { components } from './schema';

export type Schemas = components['schemas'];

/** What every answer says about its language. */
export type Localised = Pick<Schemas['Home'], 'locale' | 'lang' | 'untranslated'>;
export type Items<T> = Localised & { items: T[] };

export type Address = Schemas['Address'];
export type ContactPoint = Schemas['ContactPoint'];
export type ContentPage = Schemas['ContentPage'];
export type Deadline = Schemas['Deadline'];
export type FaqItem = Schemas['FaqItem'];
/** Weekly hours, exceptions and public holidays of a place, in its own time zone. Monday is 0. */
export type OpeningRules = Schemas['HoursRules'];
export type Fee = Schemas['Fee'];
export type Home = Schemas['Home'];
export type LifeSituation = Schemas['LifeSituationItem'];
export type LifeSituationCard = Schemas['LifeSituationCard'];
export type LifeSituationPage = Schemas['LifeSituation'];
export type LocationCard = Schemas['LocationCard'];
export type Place = Schemas['Location'];
export type ProcessingTime = Schemas['ProcessingTime'];
export type SearchAnswer = Schemas['Search'];
export type Service = Schemas['Service'];
export type ServiceCard = Schemas['ServiceCard'];
export type ServiceList = Schemas['ServiceList'];
export type Unit = Schemas['UnitDocument'];
export type UnitCard = Schemas['UnitCard'];

/** A draft as the preview shows it: the document of the page or snippet that an editor has open. */
export type Draft = Schemas['Preview'];

/** RFC 9457, with the list of field errors our API adds; a proxy in between may leave out any of it but the status. */
export type ProblemDetails = Partial<Schemas['Problem']> & { status: number };
