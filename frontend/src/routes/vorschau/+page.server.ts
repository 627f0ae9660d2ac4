import { error, redirect } from '@sveltejs/kit';
import { createApi, toPageError } from '#lib/api/client';
import type { Draft } from '#lib/api/types';
import { localizeHref, type Locale } from '#lib/i18n';
import { m } from '#lib/paraglide/messages';
import type { PageServerLoad } from './$types';

/** The unpublished page of an editor, by the token Wagtail gave them. Never stored anywhere. */
export const load: PageServerLoad = async (event) => {
	const { locals, url, setHeaders } = event;
	const query = { content_type: url.searchParams.get('content_type'), token: url.searchParams.get('token') };
	if (!query.content_type || !query.token) error(404, m.preview_invalid());
	setHeaders({ 'cache-control': 'no-store' });
	const draft = await createApi(event).get<Draft>('/preview', query).catch(toPageError);
	// Wagtail opens every draft at one address; the page around it speaks the language of the draft.
	if (draft.locale !== locals.locale) {
		redirect(307, localizeHref(`/vorschau${url.search}`, { locale: draft.locale as Locale }));
	}
	return { draft, now: new Date(), origin: url.origin };
};
