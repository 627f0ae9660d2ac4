import { part, read } from '#lib/kita/server';
import { senderOf } from '#lib/kita/senders';
import type { Bulletin } from '#lib/kita/types';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { me } = await event.parent();
	const box = senderOf(me, event.url.searchParams.get('box'));
	const list = box ? await read(event, (api) => api.get<{ items: Bulletin[] }>(`/mailboxes/${part(box.id)}/bulletins`)) : { items: [] };
	return { box, bulletins: list.items, isDeleted: event.url.searchParams.has('geloescht') };
};
