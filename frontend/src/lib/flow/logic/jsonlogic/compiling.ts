/**
 * Compile a rule into closures. Compiling never fails: what is wrong raises when it is reached, so `try` can catch it.
 * A closure takes the `Scope` it is evaluated in and returns a JSON value, or throws `LogicError`.
 */
import { INVALID, LogicError, TOO_LARGE, UNKNOWN } from './errors.ts';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** The data a rule sees, and the scope around it: `val` can climb, `var` cannot. */
export interface Scope {
	value: Json;
	around?: Scope;
}

export type Run = (scope: Scope) => Json;
export type Runs = (scope: Scope) => Json[];
export type Operator = (raw: Json) => Run;

const MAX_LEVELS = 128; // of lists and objects
const MAX_VALUES = 10_000;
const OPERATORS = new Map<string, Operator>();

export function register(operators: Record<string, Operator>): void {
	for (const [name, compiling] of Object.entries(operators)) OPERATORS.set(name, compiling);
}

/** The value of a rule for some data, both plain JSON. Throws `LogicError`. */
export const apply = (rule: Json, data: Json = null): Json => compileRule(rule)({ value: data });

export const compileRule = (rule: Json): Run => (fits(rule) ? compilePart(rule) : failing(TOO_LARGE));

/** Looked at without recursion: the rule may be hostile. */
function fits(rule: Json): boolean {
	const stack: [Json, number][] = [[rule, 0]];
	for (let count = 1, entry = stack.pop(); entry; count++, entry = stack.pop()) {
		const [value, level] = entry;
		if (level > MAX_LEVELS || count > MAX_VALUES) return false;
		if (value === null || typeof value !== 'object') continue;
		for (const item of Object.values(value)) stack.push([item, level + 1]);
	}
	return true;
}

export const isObject = (value: Json | undefined): value is { [key: string]: Json } =>
	value !== null && typeof value === 'object' && !Array.isArray(value);

export const isOperation = (rule: Json): boolean => isObject(rule) && Object.keys(rule).length === 1;

export function compilePart(rule: Json): Run {
	if (isObject(rule) && isOperation(rule)) {
		const [[name, raw]] = Object.entries(rule) as [[string, Json]];
		const compiling = OPERATORS.get(name);
		return compiling ? compiling(raw) : failing(UNKNOWN);
	}
	return Array.isArray(rule) ? compileEach(rule) : () => rule;
}

export const failing = (error: string): Run => () => {
	throw new LogicError(error);
};

export const invalid = (): Run => failing(INVALID);

export function compileEach(parts: Json[]): Runs {
	const runs = parts.map(compilePart);
	return (scope) => runs.map((run) => run(scope));
}

/** All operands. Those of a single operation that yields a list are the items of this list. */
export function operands(raw: Json): Runs {
	if (Array.isArray(raw)) return compileEach(raw);
	const whole = compilePart(raw);
	return (scope) => {
		const found = whole(scope);
		return Array.isArray(found) ? found : [found];
	};
}

/** The first of the operands, null where there is none; a list that an operation yields stays whole. */
export const single = (raw: Json): Run => compilePart(Array.isArray(raw) ? (raw[0] ?? null) : raw);

/** Operands that have to be written as a list of at least so many; undefined where they are not. */
export const written = (raw: Json, least: number): Json[] | undefined =>
	Array.isArray(raw) && raw.length >= least ? raw : undefined;
