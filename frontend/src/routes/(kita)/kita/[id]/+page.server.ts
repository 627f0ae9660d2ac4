import { redirect, type RequestEvent } from '@sveltejs/kit';
import { ApiProblem, ApiUnavailable } from '#lib/api/client';
import { to } from '#lib/i18n';
import { m } from '#lib/paraglide/messages';
import { firstNew, lastOf, textIn } from '#lib/kita/posted';
import { act, part, read, type KitaApi } from '#lib/kita/server';
import type { Conversation, MessageEvent } from '#lib/kita/types';
import type { Actions, PageServerLoad } from './$types';

const pathOf = (event: RequestEvent): string => `/conversations/${part(event.params.id ?? '')}`;
const pageOf = (event: RequestEvent, rest: string): string => to(`/kita/${event.params.id}`) + rest;

/** Shown is read. A failure costs nothing but the mark, so the page does not depend on it. */
async function markRead(api: KitaApi, path: string, { read_up_to, last_seq }: Conversation): Promise<void> {
	if (read_up_to >= last_seq) return;
	try {
		await api.post(`${path}/read`, { up_to_seq: last_seq });
	} catch (problem) {
		if (!(problem instanceof ApiProblem || problem instanceof ApiUnavailable)) throw problem;
	}
}

export const load: PageServerLoad = async (event) => {
	const path = pathOf(event);
	const conversation = await read(event, async (api) => {
		const found = await api.get<Conversation>(path);
		await event.parent(); // the layout has counted this one as unread: the page takes it off
		await markRead(api, path, found);
		return found;
	});
	const news = conversation ? (firstNew(conversation.events, conversation.read_up_to) ?? 0) : 0;
	const isNew = conversation ? conversation.read_up_to < conversation.last_seq : false;
	return { conversation, news, isNew, key: crypto.randomUUID(), done: event.url.searchParams.get('ok') ?? '' };
};

export const actions: Actions = {
	antworten: (event) =>
		act(event, async (entries, api, refuse) => {
			const text = textIn(entries, 'text');
			if (!text) return refuse([{ path: 'text', code: 'required', message: m.kita_text_missing() }]);
			const body = { client_uuid: lastOf(entries, 'client_uuid'), text, language: lastOf(entries, 'language') || undefined };
			const said = await api.post<MessageEvent>(`${pathOf(event)}/messages`, body);
			redirect(303, pageOf(event, `?ok=gesendet#e-${said.seq}`));
		}),
	bestaetigen: (event) =>
		act(event, async (entries, api) => {
			await api.post(`${pathOf(event)}/confirm`, { child: lastOf(entries, 'child') || null });
			redirect(303, pageOf(event, '?ok=bestaetigt'));
		}),
	zurueckziehen: (event) =>
		act(event, async (entries, api) => {
			await api.post(`${pathOf(event)}/events/${part(lastOf(entries, 'seq'))}/withdraw`);
			redirect(303, pageOf(event, '?ok=zurueckgezogen'));
		})
};
