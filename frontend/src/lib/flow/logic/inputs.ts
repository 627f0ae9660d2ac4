/**
 * What stands in an input as a value of a rule. Only the plainest ways to write are read; everything else is `UNKNOWN`, and
 * what depends on it is left to the server, which knows them all.
 */
import { makeDay } from './calendar.ts';
import { compare, parseDecimal, type Decimal } from './decimal.ts';
import { isBlank } from './wire.ts';
import type { Value } from './values.ts';

export const UNKNOWN = Symbol('unknown');

/** All that a form holds under one path: `path`, `path[]`, and `path:part` (`path:part:part`) with the names of the parts. */
export interface Typed {
	texts: string[];
	parts: Map<string, string>;
}

/** A form as answers by path; names without a dot belong to the page. */
export function readForm(entries: Iterable<[string, unknown]>): Map<string, Typed> {
	const found = new Map<string, Typed>();
	for (const [name, text] of entries) {
		if (typeof text !== 'string' || !name.includes('.')) continue;
		const [path = '', ...inner] = name.replace(/\[\]$/, '').split(':');
		const part = inner.length ? inner.join(':') : undefined;
		const typed: Typed = found.get(path) ?? { texts: [], parts: new Map() };
		found.set(path, typed);
		if (part === undefined) typed.texts.push(text);
		else typed.parts.set(part, text);
	}
	return found;
}

export interface Limits {
	min?: number | string;
	max?: number | string;
	places?: number;
	max_length?: number;
}

type Read = Value | typeof UNKNOWN;
type Reader = (typed: Typed, limits: Limits) => Read;

const WHOLE = /^-?\d{1,15}$/;
const DECIMAL = /^-?\d{1,15}(?:[.,]\d{1,2})?$/;
const DAY = /^\d{1,2}$/;
const YEAR = /^\d{4}$/;
const EARLIEST_YEAR = 1000;

/** The last one that is not empty: an empty hidden field stands in front of radio buttons. */
const textOf = ({ texts }: Typed): string => texts.findLast(Boolean) ?? '';

const isAllBlank = ({ texts, parts }: Typed): boolean => [...texts, ...parts.values()].every(isBlank);

function within(number: Decimal, { min, max }: Limits): Value {
	const isLow = min !== undefined && compare(number, parseDecimal(String(min))!) < 0;
	const isHigh = max !== undefined && compare(number, parseDecimal(String(max))!) > 0;
	return isLow || isHigh ? undefined : number;
}

const numeral =
	(pattern: RegExp): Reader =>
	(typed, limits) => {
		const text = textOf(typed);
		const places = text.split(/[.,]/)[1]?.length ?? 0;
		if (!pattern.test(text) || places > (limits.places ?? places)) return UNKNOWN;
		return within(parseDecimal(text.replace(',', '.'))!, limits);
	};

const READERS: Record<string, Reader> = {
	yes_no: (typed) => (['true', 'false'].includes(textOf(typed)) ? textOf(typed) === 'true' : UNKNOWN),
	choice: textOf,
	multi_choice: ({ texts }) => texts.filter(Boolean),
	integer: numeral(WHOLE),
	decimal: numeral(DECIMAL),
	money: numeral(DECIMAL),
	text: (typed, { max_length = 0 }) => ([...textOf(typed)].length <= max_length ? textOf(typed) : UNKNOWN),
	date: ({ parts }, { min, max }) => {
		const [day = '', month = '', year = ''] = ['day', 'month', 'year'].map((name) => parts.get(name)?.trim());
		if (!DAY.test(day) || !DAY.test(month) || !YEAR.test(year) || Number(year) < EARLIEST_YEAR) return UNKNOWN;
		const found = makeDay(Number(year), Number(month), Number(day));
		return found && !(min && found < String(min)) && !(max && found > String(max)) ? found : undefined;
	}
};

/** What is blank is undefined, whatever the type. */
export function readInput(kind: string, typed: Typed, limits: Limits = {}): Read {
	if (isAllBlank(typed)) return undefined;
	const read = READERS[kind];
	return read ? read(typed, limits) : UNKNOWN;
}
