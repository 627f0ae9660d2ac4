/**
 * Logic, form mode: typed JSON-Logic compiled to closures. The twin of `forms_engine/domain/logic`; both follow
 * docs/reference/logic.md, part A, and `make fuzz` compares them.
 */
import { compileWith, type Compiled, type Frame, type Json, type Scope } from './compiling.ts';
import * as arithmetic from './operators/arithmetic.ts';
import * as calendar from './operators/calendar.ts';
import * as choosing from './operators/choosing.ts';
import * as comparing from './operators/comparing.ts';
import * as connecting from './operators/connecting.ts';
import * as reading from './operators/reading.ts';
import * as rows from './operators/rows.ts';
import * as texts from './operators/texts.ts';
import type { Type } from './types.ts';

const families = [arithmetic, calendar, choosing, comparing, connecting, reading, rows, texts];
const OPERATORS = new Map(families.flatMap(({ operators }) => Object.entries(operators)));

/** Compile a rule for a place whose rows are `frames`; `wanted` is the type the place needs. */
export const compileRule = (rule: Json, scope: Scope, wanted: Type, frames: Frame[] = []): Compiled =>
	compileWith(OPERATORS, rule, scope, wanted, frames);

export type { Compiled, Frame, Json, Rows, Run, Scope } from './compiling.ts';
