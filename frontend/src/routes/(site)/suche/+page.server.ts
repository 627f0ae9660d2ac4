import { page } from '#lib/api/client';
import type { SearchAnswer } from '#lib/api/types';
import type { PageServerLoad } from './$types';

const MAX_QUERY = 200;

export const load: PageServerLoad = async ({ locals, url }) => {
	const q = (url.searchParams.get('q') ?? '').trim().slice(0, MAX_QUERY);
	const answer = q ? await page<SearchAnswer>(`/${locals.locale}/search`, { q, limit: 20 }) : null;
	return { q, answer };
};
