import { fail, redirect } from '@sveltejs/kit';
import { ApiProblem, ApiUnavailable, toPageError } from '#lib/api/client';
import { stepHref } from '#lib/flow/links';
import { createFlowApi, errorsOf, isRedraw, keepInput } from '#lib/flow/server';
import type { Draft, Migration } from '#lib/flow/types';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { token } = event.params;
	try {
		const api = createFlowApi(event);
		return { token, migration: await api.get<Migration>(`/drafts/${token}/migration`) };
	} catch (problem) {
		if (problem instanceof ApiUnavailable && isRedraw(event)) return { token, migration: null };
		// Nothing is on offer (any more): the link knows where to go on; a dead one stays dead.
		if (problem instanceof ApiProblem && problem.status === 404) redirect(303, stepHref(token, ''));
		return toPageError(problem);
	}
};

export const actions: Actions = {
	default: (event) =>
		keepInput(event, async (form, api) => {
			const { token } = event.params;
			const body = { choice: String(form.get('do') ?? ''), hash: String(form.get('hash') ?? '') };
			let draft: Draft;
			try {
				draft = await api.post<Draft>(`/drafts/${token}/migration`, body);
			} catch (problem) {
				return fail(422, { errors: errorsOf(problem) });
			}
			redirect(303, stepHref(token, draft.next_step ?? 'pruefen'));
		})
};
