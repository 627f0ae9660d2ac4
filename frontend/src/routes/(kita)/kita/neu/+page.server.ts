import { redirect } from '@sveltejs/kit';
import { to } from '#lib/i18n';
import { m } from '#lib/paraglide/messages';
import { allOf, lastOf, textIn, type Entries, type Mistake } from '#lib/kita/posted';
import { act, part, read } from '#lib/kita/server';
import { CHILDREN } from '#lib/kita/to';
import type { Addressees, Me } from '#lib/kita/types';
import type { Actions, PageServerLoad } from './$types';

/** The mailbox to write from: the only one, or the one chosen. Without it the page asks. */
export const load: PageServerLoad = async (event) => {
	const { me } = await event.parent();
	const boxes = (me as Me | null)?.boxes ?? [];
	const asked = event.url.searchParams.get('box');
	const from = boxes.length === 1 ? boxes[0] : boxes.find(({ id }) => id === asked);
	const none: Addressees = { boxes: [], children: [] };
	const addressees = from ? await read(event, (api) => api.get<Addressees>(`/mailboxes/${part(from.id)}/addressees`)) : none;
	return { from, addressees, key: crypto.randomUUID() };
};

function readThread(entries: Entries) {
	const [from, receiver] = [lastOf(entries, 'from_box'), lastOf(entries, 'to')];
	const children = allOf(entries, 'children');
	const isToFamilies = receiver === CHILDREN;
	const [title, text] = [textIn(entries, 'title'), textIn(entries, 'text')];
	const mistake = (path: string, message: string): Mistake => ({ path, code: 'required', message });
	const errors = [
		...(receiver ? [] : [mistake('to', m.kita_to_missing())]),
		...(isToFamilies && !children.length ? [mistake('children', m.kita_children_missing())] : []),
		...(title ? [] : [mistake('title', m.kita_title_missing())]),
		...(text ? [] : [mistake('text', m.kita_text_missing())])
	];
	const about = allOf(entries, 'about');
	const body = {
		client_uuid: lastOf(entries, 'client_uuid'),
		from_box: from,
		...(isToFamilies ? { children } : { to_box: receiver, ...(about.length ? { about } : {}) }),
		title,
		text,
		language: lastOf(entries, 'language') || undefined
	};
	return { errors, body };
}

export const actions: Actions = {
	default: (event) =>
		act(event, async (entries, api, refuse) => {
			const { errors, body } = readThread(entries);
			if (errors.length) return refuse(errors);
			const { conversations } = await api.post<{ conversations: { id: string }[] }>('/threads', body);
			const [first, ...others] = conversations;
			if (first && !others.length) redirect(303, to(`/kita/${first.id}?ok=gesendet`));
			redirect(303, to(`/kita?box=${body.from_box}&gesendet=${conversations.length}`));
		})
};
