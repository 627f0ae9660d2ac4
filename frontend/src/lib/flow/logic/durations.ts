/**
 * Durations: whole months and days of one sign, as ISO 8601 writes them (`P1Y6M`, `P14D`). They are compared at four days,
 * as XML Schema does; where these disagree, the comparison is undefined.
 */
import { addDays, addMonths, daysBetween, monthsOf } from './calendar.ts';

export interface Duration {
	readonly months: number;
	readonly days: number;
}

const ISO = /^(-?)P(?=\d)(?:(\d{1,4})Y)?(?:(\d{1,6})M)?(?:(\d{1,6})W)?(?:(\d{1,7})D)?$/;
const MOST_MONTHS = 9_998 * 12;
const MOST_DAYS = 3_652_058;
const REFERENCES = ['1696-09-01', '1697-02-01', '1903-03-01', '1903-07-01'].map(monthsOf);

export function parseDuration(text: string): Duration | undefined {
	const match = ISO.exec(text);
	if (!match) return undefined;
	const [years = 0, rest = 0, weeks = 0, single = 0] = match.slice(2).map((part) => Number(part ?? 0));
	const [months, days] = [years * 12 + rest, weeks * 7 + single];
	if (months > MOST_MONTHS || days > MOST_DAYS) return undefined;
	return match[1] ? negative({ months, days }) : { months, days };
}

const negative = ({ months, days }: Duration): Duration => ({ months: 0 - months, days: 0 - days });

/** The shortest ISO form: `P1Y6M`, `-P14D`, `P0D`. */
export function plainDuration({ months, days }: Duration): string {
	const parts: [number, string][] = [
		[Math.trunc(Math.abs(months) / 12), 'Y'],
		[Math.abs(months) % 12, 'M'],
		[Math.abs(days), 'D']
	];
	const text = parts.map(([amount, unit]) => (amount ? amount + unit : '')).join('');
	return `${months < 0 || days < 0 ? '-' : ''}P${text || '0D'}`;
}

/** Whole months, then days. */
export function period(start: string, end: string): Duration {
	if (end < start) return negative(period(end, start));
	let months = monthsOf(end) - monthsOf(start);
	let day = addMonths(start, months);
	if (!day || day > end) day = addMonths(start, --months);
	return { months, days: day ? daysBetween(day, end) : 0 };
}

/** First the months, then the days. */
export function addDuration(day: string, duration: Duration): string | undefined {
	const found = addMonths(day, duration.months);
	return found && addDays(found, duration.days);
}

/** Less than, equal to or more than zero, from each reference. */
export const differences = (first: Duration, second: Duration): number[] =>
	REFERENCES.map((at) => lengthFrom(first, at) - lengthFrom(second, at));

/** In days, counted from the first of a month. */
const lengthFrom = (duration: Duration, reference: number): number => firstOfMonth(reference + duration.months) + duration.days;

/** Days from a fixed day to the first of month `year * 12 + month - 1`; Gregorian, of any year. */
function firstOfMonth(index: number): number {
	const year = Math.floor((index - 2) / 12); // years begin in March: the leap day is their last
	const month = index - 2 - year * 12;
	const leaps = Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400);
	return year * 365 + leaps + Math.floor((month * 306 + 5) / 10);
}
