import { fail, redirect } from '@sveltejs/kit';
import { to } from '#lib/i18n';
import { ApiProblem, toPageError } from '#lib/api/client';
import { createFlowApi, errorsOf, keepInput } from '#lib/flow/server';
import type { DeadLetter } from '#lib/staff/types';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const answer = await createFlowApi(event)
		.get<{ items: DeadLetter[] }>('/dead-letters')
		.catch(toPageError);
	return { letters: answer.items, isDone: event.url.searchParams.has('gesendet') };
};

export const actions: Actions = {
	default: (event) =>
		keepInput(event, async (form, api) => {
			const [id, reason] = [String(form.get('id') ?? ''), String(form.get('reason') ?? '').trim()];
			try {
				await api.post(`/deliveries/${encodeURIComponent(id)}/resend`, { reason });
			} catch (problem) {
				if (problem instanceof ApiProblem && [401, 403, 404].includes(problem.status)) toPageError(problem);
				return fail(422, { errors: errorsOf(problem), id, reason });
			}
			redirect(303, `${to('/intern/zustellungen')}?gesendet`);
		})
};
