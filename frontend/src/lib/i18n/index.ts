/** Languages of the interface: codes, names, and addresses. Texts live in `messages/*.json`. */
import { deLocalizeHref, getLocale, locales, localizeHref, type Locale } from '#lib/paraglide/runtime';

export { deLocalizeHref, getLocale, locales, localizeHref, type Locale };

/** What each language calls itself. */
export const languageNames: Record<Locale, string> = {
	de: 'Deutsch',
	en: 'English',
	'de-simple': 'Leichte Sprache'
};

/** The locale whose rules dates and numbers follow: Leichte Sprache is German. */
export const formatLocale = (locale: Locale): string => (locale === 'en' ? 'en-GB' : 'de-DE');

/** Address of the same page in another language. */
export function hrefIn(locale: Locale, url: Pick<URL, 'pathname' | 'search'>): string {
	return localizeHref(deLocalizeHref(url.pathname), { locale }) + url.search;
}

/** Local link in the language of the page; content links come without a prefix. */
export const to = (path: string): string => localizeHref(path);

/** `lang` for a part in another language than the page, otherwise nothing (an attribute that is not written). */
export function foreign(lang: string | undefined | null): string | undefined {
	return lang && lang !== getLocale() ? lang : undefined;
}
