/** Languages of the interface: codes, names, and addresses. Texts live in `messages/*.json`. */
import { baseLocale, deLocalizeHref, getLocale, localizeHref, locales as known, type Locale } from '#lib/paraglide/runtime';

export { deLocalizeHref, getLocale, localizeHref, type Locale };

/** The languages in which the whole site is written. The Kita messages speak all that are `known`. */
export const locales: readonly Locale[] = ['de', 'en', 'de-simple'];

/** What each language calls itself. */
export const languageNames: Record<Locale, string> = {
	de: 'Deutsch',
	en: 'English',
	'de-simple': 'Leichte Sprache',
	uk: 'Українська',
	ar: 'العربية',
	tr: 'Türkçe'
};

/** Arabic with the digits that everything around it in Germany has; Leichte Sprache is German. */
const FORMATS: Record<Locale, string> = { de: 'de-DE', en: 'en-GB', 'de-simple': 'de-DE', uk: 'uk-UA', ar: 'ar-u-nu-latn', tr: 'tr-TR' };

/** The locale whose rules dates and numbers follow. */
export const formatLocale = (locale: Locale): string => FORMATS[locale];

/** True for a language that the whole site is written in. */
export const isSiteLocale = (locale: Locale): boolean => locales.includes(locale);

/** Families sign in and read their messages in more languages than the site has. Paths come without a language. */
const KITA = /^\/kita(?:[/?#]|$)/;
const SPEAKS_ALL = /^\/(?:kita|anmelden)(?:[/?#]|$)/;

export const isOffered = (locale: Locale, path: string): boolean => isSiteLocale(locale) || SPEAKS_ALL.test(path);

/** Languages to choose from on a page; the sign-in offers those of the area it leads to. */
export function localesFor(url: { pathname: string; searchParams: Pick<URLSearchParams, 'get'> }): readonly Locale[] {
	const next = url.searchParams.get('weiter') ?? '';
	const isKita = [url.pathname, next].some((path) => path.startsWith('/') && KITA.test(deLocalizeHref(path)));
	return isKita ? known : locales;
}

/** Address of the same page in another language. */
export function hrefIn(locale: Locale, url: Pick<URL, 'pathname' | 'search'>): string {
	return localizeHref(deLocalizeHref(url.pathname), { locale }) + url.search;
}

/** Local link in the language of the page, or in German where that is not offered; content links come without a prefix. */
export const to = (path: string): string => localizeHref(path, { locale: isOffered(getLocale(), path) ? getLocale() : baseLocale });

/** `lang` for a part in another language than the page, otherwise nothing (an attribute that is not written). */
export function foreign(lang: string | undefined | null): string | undefined {
	return lang && lang !== getLocale() ? lang : undefined;
}
