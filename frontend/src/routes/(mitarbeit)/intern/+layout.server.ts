import { error, redirect } from '@sveltejs/kit';
import { to } from '#lib/i18n';
import { createApi, toPageError } from '#lib/api/client';
import type { Me } from '#lib/staff/types';
import type { LayoutServerLoad } from './$types';

/** Staff pages: signed in, and working in a unit. What may be seen there is decided by the API for every request. */
export const load: LayoutServerLoad = async (event) => {
	event.setHeaders({ 'cache-control': 'no-store', 'referrer-policy': 'same-origin', 'x-robots-tag': 'noindex' });
	const me = await createApi(event).get<Me>('/me').catch(toPageError);
	if (!me.authenticated) {
		const here = event.url.pathname + event.url.search;
		redirect(303, `${to('/anmelden')}?weiter=${encodeURIComponent(here)}`);
	}
	if (!me.units.length) error(403, { message: 'no unit' });
	return { me };
};
