import { toPageError } from '#lib/api/client';
import { createFlowApi } from '#lib/flow/server';
import type { Submission } from '#lib/flow/types';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { code } = event.params;
	const submission = await createFlowApi(event)
		.get<Submission>(`/submissions/${encodeURIComponent(code)}`)
		.catch(toPageError);
	return { submission };
};
