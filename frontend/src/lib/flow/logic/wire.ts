/**
 * Values as JSON: how they travel between the server, the page and the tests (docs/reference/logic.md, 10). What does not
 * fit its type is undefined.
 */
import { parseDay } from './calendar.ts';
import { isWhole, plain } from './decimal.ts';
import { plainDuration } from './durations.ts';
import { DATE, TEXT, type Kind, type Type } from './types.ts';
import { isDecimal, isDuration, readLiteralNumber, type Address, type Fields, type Value, type Values } from './values.ts';
import type { Outline } from './outline.ts';

export type Data = Readonly<Record<string, unknown>>;

type Reader = (raw: unknown, type: Type) => Value;

const ROW_ID = /^[a-z][a-z0-9_-]{0,31}$/;
/** As Python's `str.isspace`, which differs from `\s` in five characters. */
const BLANK = /^(?:(?!\ufeff)[\s\x1c-\x1f\x85])*$/;

/** A value as JSON: numbers and durations as canonical texts, undefined as null. */
export function writeValue(value: Value): unknown {
	if (value === undefined) return null;
	if (isDecimal(value)) return plain(value);
	if (isDuration(value)) return plainDuration(value);
	return Array.isArray(value) ? value.map(writeValue) : value;
}

export const isBlank = (text: string): boolean => BLANK.test(text);

const isText = (raw: unknown): raw is string =>
	typeof raw === 'string' && !isBlank(raw) && raw.isWellFormed() && !raw.includes('\0');

const READERS: Partial<Record<Kind, Reader>> = {
	bool: (raw) => (typeof raw === 'boolean' ? raw : undefined),
	decimal: readLiteralNumber,
	integer: (raw) => {
		const number = readLiteralNumber(raw);
		return number && isWhole(number) ? number : undefined;
	},
	text: (raw) => (isText(raw) ? raw : undefined),
	date: (raw) => (typeof raw === 'string' ? parseDay(raw) : undefined),
	enum: (raw, { values }) => (typeof raw === 'string' && (!values || values.has(raw)) ? raw : undefined),
	list: (raw, { item }) => {
		const found = Array.isArray(raw) && item ? raw.map((one) => readValue(one, item)) : [];
		return found.length && !found.includes(undefined) ? found : undefined;
	},
	files: (raw) => (Array.isArray(raw) && raw.length && raw.every((one) => typeof one === 'string') ? raw : undefined),
	address: (raw) => {
		if (raw === null || typeof raw !== 'object' || Array.isArray(raw)) return undefined;
		const parts = Object.values(raw);
		return parts.length && parts.every(isText) ? (raw as Address) : undefined;
	},
	record: (raw, { parts }) => {
		if (raw === null || typeof raw !== 'object' || Array.isArray(raw)) return undefined;
		const found: Record<string, Value> = {};
		for (const [name, part] of Object.entries(raw)) {
			const type = parts?.get(name);
			const value = type && readValue(part, type);
			if (value === undefined) return undefined;
			found[name] = value;
		}
		return Object.keys(found).length ? (found as Fields) : undefined;
	},
	rows: (raw) => {
		const ids = Array.isArray(raw) ? raw : [];
		return ids.every((id) => typeof id === 'string' && ROW_ID.test(id)) && new Set(ids).size === ids.length ? ids : [];
	}
};

export const readValue = (raw: unknown, type: Type): Value => READERS[type.kind]?.(raw, type);

/** Values as rules see them, from JSON by path (with row ids); what does not fit its type is left out. */
export function readValues(outline: Outline, data: Data): Values {
	const values = new Map<string, Value>();
	const own = (path: string): unknown => (Object.hasOwn(data, path) ? data[path] : undefined);
	const put = (path: string, value: Value) => void (value !== undefined && values.set(path, value));
	put('today', readValue(own('today'), DATE));
	put('municipality', readValue(own('municipality'), TEXT));
	for (const { path, type, kind, frames } of outline.nodes.values()) {
		if (!type) continue;
		const group = frames.at(-1);
		const prefixes = group === undefined ? [''] : outline.instances(values, group);
		for (const prefix of prefixes) {
			const full = prefix + path.slice(group?.length ?? 0);
			const value = readValue(own(full), type);
			put(full, value);
			if (kind === 'rows') values.set(`${full}#`, (value as string[]).map((row) => `${full}.${row}`));
		}
	}
	return values;
}
