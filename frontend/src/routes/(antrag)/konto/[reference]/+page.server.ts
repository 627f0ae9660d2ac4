import { redirect } from '@sveltejs/kit';
import { to } from '#lib/i18n';
import { ApiProblem, toPageError } from '#lib/api/client';
import { createFlowApi } from '#lib/flow/server';
import type { Submission } from '#lib/flow/types';
import type { PageServerLoad } from './$types';

/** What the signed-in account owns; the API says 404 for everything else, and 401 leads to the sign-in and back. */
export const load: PageServerLoad = async (event) => {
	const path = `/me/submissions/${encodeURIComponent(event.params.reference)}`;
	try {
		return { submission: await createFlowApi(event).get<Submission>(path) };
	} catch (problem) {
		if (problem instanceof ApiProblem && [401, 403].includes(problem.status)) {
			redirect(303, to('/anmelden') + `?weiter=${encodeURIComponent(event.url.pathname)}`);
		}
		return toPageError(problem);
	}
};
