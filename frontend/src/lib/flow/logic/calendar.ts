/** Days as ISO texts (`2026-02-28`), years 1 to 9999; so written they are ordered as texts are. */
const MILLISECONDS = 86_400_000;
const ISO = /^\d{4}-\d\d-\d\d$/;
const FIRST = '0001-01-01';
const LAST = '9999-12-31';

const toNumber = (day: string): number => Date.parse(`${day}T00:00Z`) / MILLISECONDS;
const [LOWEST, HIGHEST] = [toNumber(FIRST), toNumber(LAST)];

const fromNumber = (number: number): string | undefined =>
	number >= LOWEST && number <= HIGHEST ? new Date(number * MILLISECONDS).toISOString().slice(0, 10) : undefined;

const partsOf = (day: string): [number, number, number] => [Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8))];

/** The day, where it is one of the calendar. */
export function parseDay(text: string): string | undefined {
	return ISO.test(text) && fromNumber(toNumber(text)) === text ? text : undefined;
}

export function makeDay(year: number, month: number, day: number): string | undefined {
	if (!(year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= 31)) return undefined;
	return parseDay(`${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`);
}

const pad = (number: number, width: number): string => String(number).padStart(width, '0');

export const yearOf = (day: string): number => partsOf(day)[0];
export const monthsOf = (day: string): number => partsOf(day)[0] * 12 + partsOf(day)[1] - 1;
export const daysBetween = (start: string, end: string): number => toNumber(end) - toNumber(start);
export const addDays = (day: string, days: number): string | undefined => fromNumber(toNumber(day) + days);

/** Same day of the month, or its last one where that month is shorter. */
export function addMonths(day: string, months: number): string | undefined {
	const index = monthsOf(day) + months;
	const year = Math.floor(index / 12);
	const wanted = partsOf(day)[2];
	return [31, 30, 29, 28].map((last) => makeDay(year, index - year * 12 + 1, Math.min(wanted, last))).find(Boolean);
}

/** Whole calendar years. Who was born on 29 February completes a year on 1 March where there is no 29 February. */
export function yearsBetween(start: string, end: string): number {
	if (end < start) return -yearsBetween(end, start);
	return yearOf(end) - yearOf(start) - (end.slice(5) < start.slice(5) ? 1 : 0);
}
