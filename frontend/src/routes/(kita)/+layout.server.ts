import { read } from '#lib/kita/server';
import type { Me } from '#lib/kita/types';
import type { LayoutServerLoad } from './$types';

/** Messages are personal: never cached, never indexed. What may be read is decided by the API for every request. */
export const load: LayoutServerLoad = async (event) => {
	event.setHeaders({ 'cache-control': 'no-store', 'referrer-policy': 'same-origin', 'x-robots-tag': 'noindex' });
	const me = await read(event, (api) => api.get<Me>('/messaging/me'));
	return { me, isApart: true };
};
