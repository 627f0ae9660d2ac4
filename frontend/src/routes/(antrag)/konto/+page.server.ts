import { redirect } from '@sveltejs/kit';
import { to } from '#lib/i18n';
import { toPageError } from '#lib/api/client';
import { createFlowApi } from '#lib/flow/server';
import type { OwnSubmission } from '#lib/flow/types';
import type { Me } from '#lib/staff/types';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const api = createFlowApi(event);
	const me = await api.get<Me>('/me').catch(toPageError);
	if (!me.authenticated) redirect(303, to('/anmelden') + `?weiter=${encodeURIComponent(event.url.pathname)}`);
	const answer = await api.get<{ items: OwnSubmission[] }>('/me/submissions').catch(toPageError);
	return { me, submissions: answer.items };
};
