import { fail, redirect } from '@sveltejs/kit';
import { to } from '#lib/i18n';
import { ApiProblem } from '#lib/api/client';
import { keepInput } from '#lib/flow/server';
import type { Actions } from './$types';

const text = (form: FormData, name: string): string => String(form.get(name) ?? '').trim();

export const actions: Actions = {
	default: (event) =>
		keepInput(event, async (form, api) => {
			const [reference, code] = [text(form, 'reference'), text(form, 'code')];
			try {
				await api.post('/submissions/find', { reference, code });
			} catch (problem) {
				if (!(problem instanceof ApiProblem)) throw problem;
				return fail(problem.status === 429 ? 429 : 422, { reference, code, tooOften: problem.status === 429 });
			}
			redirect(303, to(`/status/${encodeURIComponent(code.toUpperCase())}`));
		})
};
