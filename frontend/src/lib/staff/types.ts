/** Shapes of the staff API, from the OpenAPI document. */
import type { Schemas } from '#lib/api/types';

export type Me = Schemas['Me'];
export type CaseList = Schemas['CaseList'];
export type CaseDetail = Schemas['Case'];
export type DeadLetter = Schemas['DeadLetter'];
export type CaseExports = Schemas['ExportList'];
