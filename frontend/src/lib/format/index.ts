/** Numbers, money, dates and durations as people of each language read them. */
import { m } from '#lib/paraglide/messages';
import { formatLocale, getLocale, type Locale } from '#lib/i18n';
import type { Address, Deadline, Fee, ProcessingTime } from '#lib/api/types';

/** „12,50 Euro“ (the space does not break): amounts come as decimal text and stay exact (no floating point in between). */
export function money(amount: string, currency = 'EUR', locale: Locale = getLocale()): string {
	const isWhole = /^-?\d+(\.0+)?$/.test(amount);
	const options = { minimumFractionDigits: isWhole ? 0 : 2, maximumFractionDigits: 2 };
	const number = new Intl.NumberFormat(formatLocale(locale), options).format(amount as unknown as number);
	if (currency !== 'EUR') return `${number} ${currency}`;
	return locale === 'en' ? `€${number}` : `${number}\u00a0Euro`;
}

const dateOf = (iso: string): Date => new Date(iso.length === 10 ? `${iso}T12:00:00Z` : iso);

const inZone = (iso: string, options: Intl.DateTimeFormatOptions, locale: Locale): string =>
	new Intl.DateTimeFormat(formatLocale(locale), { timeZone: 'Europe/Berlin', ...options }).format(dateOf(iso));

/** „24. Dezember 2026“ */
export const longDate = (iso: string, locale: Locale = getLocale()): string =>
	inZone(iso, { day: 'numeric', month: 'long', year: 'numeric' }, locale);

/** „Do., 24. Dezember“ */
export const dayAndDate = (iso: string, locale: Locale = getLocale()): string =>
	inZone(iso, { weekday: 'long', day: 'numeric', month: 'long' }, locale);

/** „24.12.2026, 15:04“ */
export const dateTime = (iso: string, locale: Locale = getLocale()): string =>
	inZone(iso, { dateStyle: 'medium', timeStyle: 'short' }, locale);

/** Name of a weekday, Monday is 0. */
export function weekdayName(weekday: number, locale: Locale = getLocale()): string {
	return inZone(`2024-01-0${weekday + 1}`, { weekday: 'long' }, locale); // 1 January 2024 was a Monday
}

/** „8 Uhr“, „8:30 Uhr“; English keeps 08:30. */
export function clockTime(time: string, locale: Locale = getLocale()): string {
	if (locale === 'en') return time;
	const [hours, minutes] = time.split(':');
	return m.time_clock({ time: minutes === '00' ? String(Number(hours)) : `${Number(hours)}:${minutes}` }, { locale });
}

const bare = (time: string, locale: Locale): string =>
	locale === 'en' ? time : time.replace(/^0/, '').replace(/:00$/, '');

/** „8 bis 12 Uhr“ */
export const timeSpan = (span: { from: string; to: string }, locale: Locale = getLocale()): string =>
	m.hours_to({ from: bare(span.from.slice(0, 5), locale), to: bare(span.to.slice(0, 5), locale) }, { locale });

type UnitTexts = { one: () => string; many: (input: { n: string }) => string };

const units: Record<string, UnitTexts> = {
	minute: { one: m.unit_minute_one, many: m.unit_minutes },
	hour: { one: m.unit_hour_one, many: m.unit_hours },
	day: { one: m.unit_day_one, many: m.unit_days },
	working_day: { one: m.unit_working_day_one, many: m.unit_working_days },
	week: { one: m.unit_week_one, many: m.unit_weeks },
	month: { one: m.unit_month_one, many: m.unit_months },
	year: { one: m.unit_year_one, many: m.unit_years }
};

/** „3 Wochen“, „2 bis 3 Wochen“; an empty string for a unit nobody knows. */
export function duration(min: number, unit: string, max: number = min): string {
	const texts = units[unit.replace(/s$/, '')];
	if (!texts) return '';
	if (min === max) return min === 1 ? texts.one() : texts.many({ n: String(min) });
	return texts.many({ n: m.service_cost_from_to({ from: String(min), to: String(max) }) });
}

/** The words of the editors win; the numbers speak where there are none. */
export function processingTime(time: ProcessingTime | null | undefined): string {
	if (!time) return '';
	if (time.text) return time.text;
	const { min, max, unit } = time;
	return unit && (min || max) ? duration(min ?? max ?? 0, unit, max ?? min ?? 0) : '';
}

export function deadline({ text, date, amount, unit }: Deadline): string {
	if (text) return text;
	if (date) return longDate(date);
	return amount && unit ? duration(amount, unit) : '';
}

/** What one fee costs, in words. Tables have rows of their own. */
export function feeAmount(fee: Fee): string {
	const { kind, amount, amount_max: max, currency: unit, text } = fee;
	if (kind === 'free') return m.service_cost_free();
	if (kind === 'range' && amount && max) return m.service_cost_from_to({ from: money(amount, unit).replace(/\u00a0Euro$/, ''), to: money(max, unit) });
	if (kind === 'fixed' && amount) return money(amount, unit);
	return text || m.service_cost_formula();
}

/** „108 bis 600 Euro“: what the main fee (the first) costs, for the box at the top. Empty when nobody said. */
export function mainFee(fees: Fee[]): string {
	const fee = fees[0];
	if (!fee) return '';
	if (fee.kind !== 'table') return feeAmount(fee);
	const amounts = fee.rows.flatMap((row) => row.amount ?? []).sort((a, b) => Number(a) - Number(b));
	const [low, high] = [amounts[0], amounts.at(-1)];
	if (!low || !high) return m.service_cost_formula();
	return low === high ? money(low) : m.service_cost_from_to({ from: money(low).replace(/\u00a0Euro$/, ''), to: money(high) });
}

/** The rows of a table with their amounts in words; empty where a draft has none yet. */
export const feeRows = ({ rows, currency }: Fee): { label: string; amount: string }[] =>
	rows.map(({ label, amount }) => ({ label, amount: amount === null ? '' : money(amount, currency) }));

/** Each amount of a fee with what it is for: `Erster Hund: 108 Euro`; a table its name, then a line for each row. */
export function feeLines(fee: Fee): string[] {
	if (fee.kind !== 'table') return [[fee.label, feeAmount(fee)].filter(Boolean).join(': ')];
	const rows = feeRows(fee).map((row) => `${row.label}: ${row.amount}`);
	return fee.label ? [`${fee.label}:`, ...rows] : rows;
}

export const addressLines = (address: Address | string): string[] =>
	typeof address === 'string'
		? address.split(/\n|, (?=\S)/)
		: [`${address.street} ${address.house_number}`.trim(), `${address.postcode} ${address.place}`.trim()];

/** „1.2 MB“ in the language of the page. */
export function fileSize(bytes: number, locale: Locale = getLocale()): string {
	const [value, unit] = bytes < 1_000_000 ? [bytes / 1000, 'kB'] : [bytes / 1_000_000, 'MB'];
	return `${new Intl.NumberFormat(formatLocale(locale), { maximumFractionDigits: 1 }).format(value)} ${unit}`;
}

/** Telephone number as a link: digits only, German numbers in international form. */
export const telephoneHref = (number: string): string => `tel:${number.replace(/[^\d+]/g, '').replace(/^0(?!0)/, '+49')}`;
