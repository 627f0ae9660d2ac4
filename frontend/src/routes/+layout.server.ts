import { city } from '#lib/site/city';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = ({ locals }) => ({ city: city(), locale: locals.locale });
