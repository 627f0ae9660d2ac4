import { redirect, type RequestEvent } from '@sveltejs/kit';
import { to } from '#lib/i18n';
import { readBulletin, readRelease } from '#lib/kita/bulletin';
import { headcount, lastOf } from '#lib/kita/posted';
import { act, part, read } from '#lib/kita/server';
import type { Audience, Bulletin } from '#lib/kita/types';
import type { Actions, PageServerLoad } from './$types';

const pathOf = (event: RequestEvent): string => `/bulletins/${part(event.params.id ?? '')}`;

const onwards = (event: RequestEvent, rest = ''): never => redirect(303, to(`/kita/mitteilungen/${event.params.id}`) + rest);

/** A form that was refused shows itself again. */
const isEditing = ({ url }: RequestEvent): boolean => url.searchParams.has('bearbeiten') || url.searchParams.has('/speichern');

export const load: PageServerLoad = async (event) => {
	const bulletin = await read(event, (api) => api.get<Bulletin>(pathOf(event)));
	const isEdited = bulletin?.state === 'draft' && isEditing(event);
	const answer = isEdited
		? await read(event, (api) => api.get<{ items: Audience[] }>(`/mailboxes/${part(bulletin.box.id)}/audiences`))
		: { items: [] };
	return { bulletin, isEdited, audiences: answer?.items ?? null, done: event.url.searchParams.get('ok') ?? '' };
};

/** One step that needs nothing but the button. */
const step = (name: string, done: string) => (event: RequestEvent) =>
	act(event, async (_entries, api) => {
		await api.post(`${pathOf(event)}/${name}`);
		onwards(event, `?ok=${done}`);
	});

export const actions: Actions = {
	speichern: (event) =>
		act(event, async (entries, api, refuse) => {
			const { errors, body } = readBulletin(entries);
			if (errors.length) return refuse(errors);
			await api.put(pathOf(event), body);
			onwards(event);
		}),
	senden: (event) =>
		act(event, async (entries, api, refuse) => {
			const { errors, moment } = readRelease(entries);
			if (errors.length) return refuse(errors);
			const recipients = headcount(lastOf(entries, 'recipients'));
			const sent = await api.post<Bulletin>(`${pathOf(event)}/submit`, { recipients, ...(moment ? { release_at: moment } : {}) });
			onwards(event, sent.state === 'awaiting_second' ? '?ok=wartet' : '?ok=abgesendet');
		}),
	freigeben: (event) =>
		act(event, async (entries, api) => {
			await api.post(`${pathOf(event)}/approve`, { recipients: headcount(lastOf(entries, 'recipients')) });
			onwards(event, '?ok=freigegeben');
		}),
	zurueckholen: step('recall', 'zurueckgeholt'),
	zurueckziehen: step('withdraw', 'zurueckgezogen'),
	loeschen: (event) =>
		act(event, async (entries, api) => {
			await api.remove(pathOf(event));
			redirect(303, to(`/kita/mitteilungen?box=${part(lastOf(entries, 'box'))}&geloescht`));
		})
};
