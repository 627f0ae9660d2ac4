/** Dates as people read them, in the city's time zone. */
import { formatLocale, getLocale } from '#lib/i18n';

const ZONE = 'Europe/Berlin';

const format = (iso: string, options: Intl.DateTimeFormatOptions): string =>
	new Intl.DateTimeFormat(formatLocale(getLocale()), { timeZone: ZONE, ...options }).format(new Date(iso));

/** `24. Dezember 2026` */
export const longDate = (iso: string): string => format(iso, { day: 'numeric', month: 'long', year: 'numeric' });

/** `24.12.2026, 14:05` */
export const dateTime = (iso: string): string =>
	format(iso, { day: '2-digit', month: '2-digit', year: 'numeric', hour: '2-digit', minute: '2-digit' });
