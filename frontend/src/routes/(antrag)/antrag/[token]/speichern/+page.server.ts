import { fail, redirect } from '@sveltejs/kit';
import { to } from '#lib/i18n';
import { ApiProblem, ApiUnavailable, toPageError } from '#lib/api/client';
import { createFlowApi, errorsOf, isRedraw, keepInput, withMailAdvice } from '#lib/flow/server';
import type { Draft } from '#lib/flow/types';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { token } = event.params;
	try {
		const draft = await createFlowApi(event).get<Draft>(`/drafts/${token}`);
		return { token, draft, link: event.url.origin + to(`/antrag/${token}`) };
	} catch (problem) {
		if (problem instanceof ApiUnavailable && isRedraw(event)) return { token, draft: null, link: '' };
		return toPageError(problem);
	}
};

/** A draft that is gone is a page of its own; everything else is said beside the field. */
function refuse(problem: unknown, email: string) {
	if (problem instanceof ApiProblem && [404, 410].includes(problem.status)) toPageError(problem);
	return fail(422, { errors: withMailAdvice(errorsOf(problem)), email });
}

export const actions: Actions = {
	default: (event) =>
		keepInput(event, async (form, api) => {
			const { token } = event.params;
			if (form.get('do') === 'delete') {
				await api.remove(`/drafts/${token}`).catch((problem) => {
					if (!(problem instanceof ApiProblem)) throw problem;
				});
				redirect(303, to('/antrag/geloescht'));
			}
			const email = String(form.get('email') ?? '').trim();
			try {
				await api.post(`/drafts/${token}/mail`, { email });
			} catch (problem) {
				return refuse(problem, email);
			}
			return { sentTo: email };
		})
};
