import { createFlowApi } from '#lib/flow/server';
import { toPageError } from '#lib/api/client';
import type { CaseList } from '#lib/staff/types';
import type { PageServerLoad } from './$types';

const FILTERS = ['status', 'assigned', 'unit', 'q', 'page'] as const;

export const load: PageServerLoad = async (event) => {
	const filter = Object.fromEntries(FILTERS.map((name) => [name, event.url.searchParams.get(name) ?? '']));
	const { data } = await createFlowApi(event).call<CaseList>('/cases', { query: filter }).catch(toPageError);
	return { cases: data, filter: filter as Record<(typeof FILTERS)[number], string> };
};
