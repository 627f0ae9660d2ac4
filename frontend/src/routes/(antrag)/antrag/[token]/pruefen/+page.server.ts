import { fail, redirect } from '@sveltejs/kit';
import { to } from '#lib/i18n';
import { ApiProblem, ApiUnavailable, toPageError } from '#lib/api/client';
import { stepHref } from '#lib/flow/links';
import { createFlowApi, errorsOf, isRedraw, keepInput, withMailAdvice } from '#lib/flow/server';
import type { Draft, Receipt, Summary } from '#lib/flow/types';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { token } = event.params;
	const api = createFlowApi(event);
	try {
		const [draft, summary] = await Promise.all([
			api.get<Draft>(`/drafts/${token}`),
			api.get<Summary>(`/drafts/${token}/summary`)
		]);
		if (draft.migration?.must) redirect(303, stepHref(token, 'neue-fassung'));
		// One key for this rendered form: however often it is sent, the application is handed in once.
		return { token, review: { draft, summary }, key: crypto.randomUUID() };
	} catch (problem) {
		if (problem instanceof ApiUnavailable && isRedraw(event)) return { token, review: null, key: '' };
		return toPageError(problem);
	}
};

const text = (form: FormData, name: string): string => String(form.get(name) ?? '').trim();

export const actions: Actions = {
	default: (event) =>
		keepInput(event, async (form, api) => {
			const [key, email] = [text(form, 'key'), text(form, 'email')];
			const declaration = form.has('declaration');
			const body = { declaration, locale: event.locals.locale, ...(email ? { email } : {}) };
			let receipt: Receipt;
			try {
				receipt = await api.post<Receipt>(`/drafts/${event.params.token}/submit`, body, { 'idempotency-key': key });
			} catch (problem) {
				// The same key is at work right now: the first request will tell; asking again gives its answer.
				if (problem instanceof ApiProblem && problem.status === 409) throw new ApiUnavailable(503, 1);
				if (problem instanceof ApiProblem && [404, 410].includes(problem.status)) toPageError(problem);
				return fail(422, { errors: withMailAdvice(errorsOf(problem)), email, declaration, key });
			}
			const mail = receipt.email_sent_to ? '?mail' : '';
			redirect(303, to(`/antrag/eingegangen/${encodeURIComponent(receipt.access_code)}`) + mail);
		})
};
