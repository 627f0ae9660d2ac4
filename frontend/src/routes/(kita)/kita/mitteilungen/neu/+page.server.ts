import { error, redirect } from '@sveltejs/kit';
import { to } from '#lib/i18n';
import { readBulletin } from '#lib/kita/bulletin';
import { act, part, read } from '#lib/kita/server';
import { senderOf } from '#lib/kita/senders';
import type { Audience, Bulletin } from '#lib/kita/types';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { me } = await event.parent();
	const box = senderOf(me, event.url.searchParams.get('box'));
	if (me && !box) error(404, { message: 'no mailbox' });
	const answer = box && (await read(event, (api) => api.get<{ items: Audience[] }>(`/mailboxes/${part(box.id)}/audiences`)));
	return { box: box ?? null, audiences: answer?.items ?? null };
};

export const actions: Actions = {
	default: (event) =>
		act(event, async (entries, api, refuse) => {
			const { errors, body } = readBulletin(entries);
			if (errors.length) return refuse(errors);
			const box = part(event.url.searchParams.get('box') ?? '');
			const bulletin = await api.post<Bulletin>(`/mailboxes/${box}/bulletins`, body);
			redirect(303, to(`/kita/mitteilungen/${bulletin.id}`));
		})
};
