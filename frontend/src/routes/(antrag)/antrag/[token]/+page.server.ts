import { redirect } from '@sveltejs/kit';
import { toPageError } from '#lib/api/client';
import { stepHref } from '#lib/flow/links';
import { createFlowApi } from '#lib/flow/server';
import type { Draft } from '#lib/flow/types';
import type { PageServerLoad } from './$types';

/** The secret link without a step: go on where something is still open, or say first that the form has changed. */
export const load: PageServerLoad = async (event) => {
	const { token } = event.params;
	const draft = await createFlowApi(event).get<Draft>(`/drafts/${token}`).catch(toPageError);
	const asked = draft.migration && !draft.migration.declined;
	redirect(303, stepHref(token, asked ? 'neue-fassung' : (draft.next_step ?? 'pruefen')));
};
