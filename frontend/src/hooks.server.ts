import type { Handle, HandleServerError } from '@sveltejs/kit/hooks';
import { deLocalizeUrl, getTextDirection } from '#lib/paraglide/runtime';
import { paraglideMiddleware } from '#lib/paraglide/server';
import { ApiUnavailable } from '#lib/api/client';
import { isOffered } from '#lib/i18n';

const PUBLIC = 'public, max-age=0, s-maxage=60, stale-while-revalidate=600';
const isFont = (type: string) => type === 'font';

export const handle: Handle = ({ event, resolve }) =>
	paraglideMiddleware(event.request, async ({ locale }) => {
		event.locals.locale = locale;
		const path = deLocalizeUrl(event.url).pathname;
		if (!isOffered(locale, path)) return inGerman(path, event.url.search);
		const response = await resolve(event, {
			preload: ({ type }) => isFont(type),
			transformPageChunk: ({ html }) =>
				withoutClientMarks(html.replace('%lang%', locale).replace('%dir%', getTextDirection(locale)))
		});
		setCaching(response, event.route.id);
		return response;
	});

/** The page in a language that the site is not written in. Two slashes in front would name another host. */
function inGerman(path: string, search: string): Response {
	return new Response(null, { status: 302, headers: { location: path.replace(/^\/+/, '/') + search } });
}

/** Without a client there is nobody to read hydration comments and switched-off style sheets: a tenth of the bytes. */
function withoutClientMarks(html: string): string {
	if (html.includes('__sveltekit')) return html;
	return html.replace(/\s*<link [^>]*disabled media="\(max-width: 0\)">/g, '').replace(/<!--(?:[[\]!-].{0,3}|[a-z0-9]{5,8})?-->/g, '');
}

/** Public pages may be kept by a proxy for a minute; anything personal is never stored, unless the page says otherwise. */
function setCaching(response: Response, route: string | null): void {
	if (response.status === 503) response.headers.set('retry-after', '30');
	if (response.headers.has('cache-control')) return;
	const isPublic = response.ok && (route?.startsWith('/(site)') ?? false);
	response.headers.set('cache-control', isPublic ? PUBLIC : 'no-store');
}

/** Kind and place of an error. Its text may quote what a person typed, so it is left out. */
function frames(error: unknown): string {
	if (!(error instanceof Error)) return 'unknown error';
	const places = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
	return [error.name, ...places].join('\n');
}

/** Never log the address of a page: it may carry a secret link. */
export const handleError: HandleServerError = ({ kind, error }) => {
	if (error instanceof ApiUnavailable) return { status: 503, message: 'unavailable', retryAfter: error.retryAfter };
	if (kind === 'unknown') console.error(frames(error));
};
