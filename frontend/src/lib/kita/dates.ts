/** Times as families read them, in the time of the city. */
import { formatLocale, getLocale, type Locale } from '#lib/i18n';

const ZONE = 'Europe/Berlin';
const DAY_MS = 86_400_000;

const format = (at: Date, options: Intl.DateTimeFormatOptions, locale: Locale): string =>
	new Intl.DateTimeFormat(formatLocale(locale), { timeZone: ZONE, ...options }).format(at);

/** ISO date of the day in the city. */
const dayOf = (at: Date): string => new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE }).format(at);

const daysBetween = (at: Date, now: Date): number => Math.round((Date.parse(dayOf(at)) - Date.parse(dayOf(now))) / DAY_MS);

/** „heute, 14:05“, „gestern, 9:30“, then „Montag, 9:30“ for six days, then „12. Oktober“, with its year if that is another one. */
export function when(iso: string, now: Date = new Date(), locale: Locale = getLocale()): string {
	const at = new Date(iso);
	const days = daysBetween(at, now);
	const time = format(at, { hour: '2-digit', minute: '2-digit', hour12: false }, locale);
	if (days === 0 || days === -1) {
		return `${new Intl.RelativeTimeFormat(formatLocale(locale), { numeric: 'auto' }).format(days, 'day')}, ${time}`;
	}
	if (days < 0 && days > -7) return `${format(at, { weekday: 'long' }, locale)}, ${time}`;
	const isSameYear = dayOf(at).slice(0, 4) === dayOf(now).slice(0, 4);
	return format(at, { day: 'numeric', month: 'long', ...(isSameYear ? {} : { year: 'numeric' }) }, locale);
}

/** „Dienstag, 24. November 2026 um 14:05“ */
export const fullTime = (iso: string, locale: Locale = getLocale()): string =>
	format(new Date(iso), { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit', hour12: false }, locale);

/** „24. November 2026“ */
export const day = (iso: string, locale: Locale = getLocale()): string =>
	format(new Date(`${iso.slice(0, 10)}T12:00:00Z`), { day: 'numeric', month: 'long', year: 'numeric' }, locale);

/** What the clocks of the city are ahead of UTC at that moment: `+01:00`. */
function offsetAt(moment: number): string {
	const parts = new Intl.DateTimeFormat('en', { timeZone: ZONE, timeZoneName: 'longOffset' }).formatToParts(moment);
	return parts.find(({ type }) => type === 'timeZoneName')?.value.replace('GMT', '') || '+00:00';
}

/** A day and a time on the clocks of the city as one moment with offset: `2026-11-24T14:30:00+01:00`. */
export function cityMoment(isoDay: string, time: string): string {
	const guess = Date.parse(`${isoDay}T${time}:00${offsetAt(Date.parse(`${isoDay}T${time}:00Z`))}`);
	return `${isoDay}T${time}:00${offsetAt(guess)}`;
}
