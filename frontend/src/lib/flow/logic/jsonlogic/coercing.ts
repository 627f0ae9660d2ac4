/** What a JSON value counts as: a truth, a number (IEEE 754 double), a text. */
import type { Json } from './compiling.ts';
import { INVALID, LogicError, NAN } from './errors.ts';

const NUMERAL = /^[ \t\n\r]*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)?[ \t\n\r]*$/;

/** `false`, `null`, 0, the empty text and the empty list are false; every object is true. */
export const isTrue = (value: Json): boolean => (Array.isArray(value) ? value.length > 0 : Boolean(value));

/** The double a sum yields. Throws where it is infinite or no number. */
export function settle(number: number): number {
	if (!Number.isFinite(number)) throw new LogicError(NAN);
	return number;
}

/** `null` and the empty text are 0, truths 0 and 1; lists, objects and other texts are none: `NaN`. */
export function toNumber(value: Json): number {
	if (typeof value === 'number') return settle(value);
	if (value === null || typeof value === 'boolean') return Number(value);
	const match = typeof value === 'string' ? NUMERAL.exec(value) : null;
	if (!match) throw new LogicError(NAN);
	return settle(Number(match[1] ?? 0));
}

/** `null` is the empty text; lists and objects have none: `Invalid Arguments`. */
export function toText(value: Json): string {
	if (value === null) return '';
	if (typeof value === 'object') throw new LogicError(INVALID);
	return String(typeof value === 'number' ? settle(value) : value);
}

/** By code points; JavaScript itself compares halves of characters. Less than, equal to, more than zero. */
export function compareTexts(first: string, second: string): number {
	const end = Math.min(first.length, second.length);
	let at = 0;
	while (at < end && first.charCodeAt(at) === second.charCodeAt(at)) at++;
	if (at === end) return first.length - second.length;
	return upward(first.charCodeAt(at)) - upward(second.charCodeAt(at));
}

/** Halves of characters beyond U+FFFF come after all other code units. */
const upward = (unit: number): number => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit);
