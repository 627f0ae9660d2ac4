/** Values while a rule runs; `undefined` is *undefined*. Numbers are exact, texts are compared after NFC. */
import { parseDecimal, plain, type Decimal } from './decimal.ts';
import type { Duration } from './durations.ts';

/** Days are ISO texts, files and rows lists of texts. */
export type Value = boolean | string | Decimal | Duration | Address | Fields | Value[] | undefined;
export type Address = { readonly [part: string]: string };
/** A record: what its parts are. */
export type Fields = { readonly [part: string]: Value };

/** Values by path, with row ids in it. `<group>#` holds the prefixes of the rows of a repeated group. */
export type Values = ReadonlyMap<string, Value>;

const MOST_TYPED = 60;
const PLAIN_LITERAL = /^[+-]?\d+(\.\d+)?$/;
const ASCII = /^[\0-\x7f]*$/;

export const nfc = (text: string): string => (ASCII.test(text) ? text : text.normalize('NFC'));
export const isSameText = (first: string, second: string): boolean => first === second || nfc(first) === nfc(second);
/** Code points after NFC. */
export const textLength = (text: string): number => [...nfc(text)].length;

export const isDecimal = (value: Value): value is Decimal => typeof value === 'object' && 'exponent' in value;
export const isDuration = (value: Value): value is Duration => typeof value === 'object' && 'months' in value;

/** Canonical text of a scalar, as `cat` joins it. */
export function toText(value: Value): string | undefined {
	if (typeof value === 'string') return value;
	return isDecimal(value) ? plain(value) : undefined;
}

/** A number in a rule: a JSON number, or a string in plain notation with a point (`"12.50"`). */
export function readLiteralNumber(raw: unknown): Decimal | undefined {
	if (typeof raw === 'string') return raw.length <= MOST_TYPED && PLAIN_LITERAL.test(raw) ? parseDecimal(raw) : undefined;
	if (typeof raw !== 'number' || !(Math.abs(raw) <= Number.MAX_SAFE_INTEGER)) return undefined;
	return parseDecimal(String(raw));
}
