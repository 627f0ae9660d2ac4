/**
 * "Open now?" from the rules of a place. Pure: rules and a moment in, an answer out; no clock, no texts.
 *
 * All comparing happens on the wall clock of the place (`timezone`), so daylight saving needs no care. A span whose end
 * is not after its start runs past midnight. Exceptions win over holidays, holidays over the regular week.
 */
import type { OpeningRules } from '#lib/api/types';

export interface Span {
	from: string;
	to: string;
	note?: string | null;
}

export interface Day {
	/** ISO date. */
	date: string;
	/** Monday is 0. */
	weekday: number;
	spans: Span[];
	/** Why the day differs from the week, in the language of the content. */
	reason?: string;
}

export type Openness =
	| { state: 'unknown' }
	| { state: 'open'; until: string; isClosingSoon: boolean }
	| { state: 'closed'; reason?: string; opens?: { date: string; time: string; inDays: number } };

const DAY_MINUTES = 24 * 60;
const SOON_MINUTES = 30;
const HORIZON_DAYS = 60;

/** Date and minute of the day that the clock on the wall shows at that moment. */
export function wallClock(now: Date, timezone: string): { date: string; minutes: number } {
	const parts = new Intl.DateTimeFormat('en-CA', {
		timeZone: timezone,
		hourCycle: 'h23',
		year: 'numeric',
		month: '2-digit',
		day: '2-digit',
		hour: '2-digit',
		minute: '2-digit'
	}).formatToParts(now);
	const get = (type: string) => parts.find((part) => part.type === type)?.value ?? '00';
	return { date: `${get('year')}-${get('month')}-${get('day')}`, minutes: Number(get('hour')) * 60 + Number(get('minute')) };
}

export function addDays(date: string, days: number): string {
	const moment = new Date(`${date}T00:00:00Z`);
	moment.setUTCDate(moment.getUTCDate() + days);
	return moment.toISOString().slice(0, 10);
}

/** Monday is 0. */
export const weekdayOf = (date: string): number => (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
const endOf = (span: Span): number => minutesOf(span.to) + (minutesOf(span.to) <= minutesOf(span.from) ? DAY_MINUTES : 0);
const byStart = (a: Span, b: Span): number => minutesOf(a.from) - minutesOf(b.from);

/** When the place is open on that date, and why if the date is special. */
export function dayOf(rules: OpeningRules, date: string): Day {
	const weekday = weekdayOf(date);
	const regular = rules.regular.filter((span) => span.weekday === weekday).sort(byStart);
	const exception = rules.exceptions.find((entry) => entry.from <= date && date <= entry.to);
	if (exception) {
		const spans = exception.state === 'closed' ? [] : exception.spans?.length ? [...exception.spans].sort(byStart) : regular;
		return { date, weekday, spans, ...(exception.reason ? { reason: exception.reason } : {}) };
	}
	const holiday = rules.holidays.find((entry) => entry.date === date);
	return holiday ? { date, weekday, spans: [], reason: holiday.name } : { date, weekday, spans: regular };
}

export function nextDays(rules: OpeningRules, now: Date, count: number): Day[] {
	const { date } = wallClock(now, rules.timezone);
	return Array.from({ length: count }, (_, offset) => dayOf(rules, addDays(date, offset)));
}

const isKnown = (rules: OpeningRules | null | undefined): rules is OpeningRules =>
	Boolean(rules && (rules.regular.length || rules.exceptions.some((entry) => entry.state === 'open')));

/** The span that covers this minute: one of today, or one of yesterday that runs past midnight. */
function coveringEnd(rules: OpeningRules, date: string, minutes: number): number | undefined {
	const today = dayOf(rules, date).spans.find((span) => minutesOf(span.from) <= minutes && minutes < endOf(span));
	if (today) return endOf(today);
	const late = dayOf(rules, addDays(date, -1)).spans.find((span) => minutes + DAY_MINUTES < endOf(span));
	return late && endOf(late) - DAY_MINUTES;
}

/** Lunch breaks of no length and spans that touch are one opening. */
function lastEnd(rules: OpeningRules, date: string, end: number): number {
	const next = dayOf(rules, date).spans.find((span) => minutesOf(span.from) === end);
	return next ? lastEnd(rules, date, endOf(next)) : end;
}

const clock = (minutes: number): string => {
	const inDay = minutes % DAY_MINUTES;
	return `${String(Math.floor(inDay / 60)).padStart(2, '0')}:${String(inDay % 60).padStart(2, '0')}`;
};

function nextOpening(rules: OpeningRules, date: string, minutes: number) {
	for (let inDays = 0; inDays <= HORIZON_DAYS; inDays++) {
		const day = dayOf(rules, addDays(date, inDays));
		const span = day.spans.find((candidate) => inDays > 0 || minutesOf(candidate.from) > minutes);
		if (span) return { date: day.date, time: span.from.slice(0, 5), inDays };
	}
	return undefined;
}

export function opennessAt(rules: OpeningRules | null | undefined, now: Date): Openness {
	if (!isKnown(rules)) return { state: 'unknown' };
	const { date, minutes } = wallClock(now, rules.timezone);
	const covering = coveringEnd(rules, date, minutes);
	if (covering !== undefined) {
		const end = lastEnd(rules, date, covering);
		return { state: 'open', until: clock(end), isClosingSoon: end - minutes <= SOON_MINUTES };
	}
	const { spans, reason } = dayOf(rules, date);
	const opens = nextOpening(rules, date, minutes);
	return { state: 'closed', ...(spans.length === 0 && reason ? { reason } : {}), ...(opens ? { opens } : {}) };
}
