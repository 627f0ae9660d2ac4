import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { to } from '#lib/i18n';
import { ApiProblem, toPageError } from '#lib/api/client';
import { createFlowApi, errorsOf, keepInput, type FlowApi } from '#lib/flow/server';
import type { CaseDetail } from '#lib/staff/types';
import type { Actions, PageServerLoad } from './$types';

/** The last one wins: a group of radio buttons sends an empty value in front. */
const text = (form: FormData, name: string): string => String(form.getAll(name).at(-1) ?? '');

const caseHref = (event: RequestEvent, done: string): string => `${to(`/intern/faelle/${event.params.id}`)}?${done}`;

export const load: PageServerLoad = async (event) => {
	const item = await createFlowApi(event).get<CaseDetail>(`/cases/${event.params.id}`).catch(toPageError);
	return { item, done: event.url.search.slice(1) };
};

/** Runs a change; what the API refuses is shown on the page with what was typed. */
function change(event: RequestEvent, done: string, act: (form: FormData, api: FlowApi) => Promise<unknown>) {
	return keepInput(event, async (form, api) => {
		try {
			await act(form, api);
		} catch (problem) {
			if (problem instanceof ApiProblem && [401, 403, 404].includes(problem.status)) toPageError(problem);
			const [status, note] = [text(form, 'status'), text(form, 'note')];
			return fail(422, { errors: errorsOf(problem), place: done, status, note });
		}
		redirect(303, caseHref(event, done));
	});
}

export const actions: Actions = {
	zuweisen: (event) =>
		change(event, 'zugewiesen', (form, api) => {
			const person = text(form, 'to');
			return api.post(`/cases/${event.params.id}/assign`, { to: person === '' ? null : Number(person) });
		}),
	status: (event) =>
		change(event, 'geaendert', (form, api) => {
			const body = { status: text(form, 'status'), note: text(form, 'note').trim() };
			return api.post(`/cases/${event.params.id}/status`, body);
		})
};
