/**
 * Exact decimals: `digits * 10 ** exponent`. Results have at most 34 significant digits, halves to even, and the range of
 * IEEE 754 decimal128; what leaves it is undefined. The same arithmetic as Python's `decimal` with the context `EXACT`.
 */
export interface Decimal {
	readonly digits: bigint;
	readonly exponent: number;
}

type Maybe = Decimal | undefined;

const PRECISION = 34;
const HIGHEST = 6144;
const LOWEST = -6143;
const MOST_PLACES_READ = 60;
const PLAIN = /^([+-]?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/;

export const ZERO: Decimal = { digits: 0n, exponent: 0 };

const magnitude = (digits: bigint): bigint => (digits < 0n ? -digits : digits);
const shifted = (digits: bigint, places: number): bigint => digits * 10n ** BigInt(places);
const countDigits = (digits: bigint): number => String(magnitude(digits)).length;
/** The exponent of the first digit. */
const adjusted = ({ digits, exponent }: Decimal): number => countDigits(digits) - 1 + exponent;

export const whole = (number: number | bigint): Decimal => ({ digits: BigInt(number), exponent: 0 });

/** `12.50`, `-3`, and `1e-7` as JavaScript writes small numbers. */
export function parseDecimal(text: string): Maybe {
	const [, sign, integer, fraction = '', power = '0'] = PLAIN.exec(text) ?? [];
	if (integer === undefined) return undefined;
	const found = { digits: BigInt(`${sign === '-' ? '-' : ''}${integer}${fraction}`), exponent: Number(power) - fraction.length };
	return Math.abs(adjusted(found)) <= MOST_PLACES_READ ? found : undefined;
}

/** Brings an exact result into range and precision. */
function settle(exact: Decimal): Maybe {
	if (exact.digits === 0n) return ZERO;
	const excess = countDigits(exact.digits) - PRECISION;
	if (adjusted(exact) < LOWEST) return undefined;
	const rounded = excess > 0 ? { digits: roundHalfEven(exact.digits, excess), exponent: exact.exponent + excess } : exact;
	return adjusted(rounded) > HIGHEST ? undefined : rounded;
}

function roundHalfEven(digits: bigint, places: number): bigint {
	const unit = 10n ** BigInt(places);
	const [quotient, rest] = [digits / unit, magnitude(digits % unit) * 2n];
	const isUp = rest > unit || (rest === unit && quotient % 2n !== 0n);
	return isUp ? quotient + (digits < 0n ? -1n : 1n) : quotient;
}

/** The digits of both with one exponent. */
function aligned(first: Decimal, second: Decimal): [bigint, bigint, number] {
	const exponent = Math.min(first.exponent, second.exponent);
	return [shifted(first.digits, first.exponent - exponent), shifted(second.digits, second.exponent - exponent), exponent];
}

export function add(first: Decimal, second: Decimal): Maybe {
	const [one, two, exponent] = aligned(first, second);
	return settle({ digits: one + two, exponent });
}

export const subtract = (first: Decimal, second: Decimal): Maybe => add(first, { ...second, digits: -second.digits });

export const multiply = (first: Decimal, second: Decimal): Maybe =>
	settle({ digits: first.digits * second.digits, exponent: first.exponent + second.exponent });

export function divide(first: Decimal, second: Decimal): Maybe {
	if (second.digits === 0n) return undefined;
	const places = Math.max(0, PRECISION + 1 + countDigits(second.digits) - countDigits(first.digits));
	const dividend = shifted(first.digits, places);
	const quotient = dividend / second.digits;
	const exponent = first.exponent - second.exponent - places;
	if (dividend % second.digits === 0n) return settle({ digits: quotient, exponent });
	const sign = first.digits < 0n === second.digits < 0n ? 1n : -1n;
	return settle({ digits: quotient * 10n + sign, exponent: exponent - 1 }); // one more digit says that there is a rest
}

/** Commercial rounding, halves away from zero. What then needs more than 34 digits is undefined. */
export function round(number: Decimal, places: number): Maybe {
	if (number.digits === 0n) return ZERO;
	const drop = -places - number.exponent;
	if (countDigits(number.digits) - drop > PRECISION + 1) return undefined;
	const digits = drop <= 0 ? shifted(number.digits, -drop) : roundHalfUp(number.digits, drop);
	return countDigits(digits) > PRECISION ? undefined : { digits, exponent: -places };
}

function roundHalfUp(digits: bigint, places: number): bigint {
	const unit = 10n ** BigInt(places);
	const quotient = (magnitude(digits) * 2n + unit) / (unit * 2n);
	return digits < 0n ? -quotient : quotient;
}

/** Less than, equal to or more than zero. */
export function compare(first: Decimal, second: Decimal): number {
	const [one, two] = aligned(first, second);
	return one < two ? -1 : one > two ? 1 : 0;
}

export const isWhole = ({ digits, exponent }: Decimal): boolean => exponent >= 0 || digits % 10n ** BigInt(-exponent) === 0n;

/** The number where it is whole and of a size that days and months can have. */
export const asWhole = (number: Decimal): number | undefined =>
	adjusted(number) < 12 && isWhole(number) ? Number(plain(number)) : undefined;

/** Canonical text: no exponent, no zeros at the end, no minus zero. */
export function plain({ digits, exponent }: Decimal): string {
	if (exponent >= 0) return String(shifted(digits, exponent));
	const text = String(magnitude(digits)).padStart(1 - exponent, '0');
	const fraction = text.slice(exponent).replace(/0+$/, '');
	return (digits < 0n ? '-' : '') + text.slice(0, exponent) + (fraction && `.${fraction}`);
}
