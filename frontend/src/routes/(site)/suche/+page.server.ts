import { passing, toPageError } from '#lib/api/client';
import type { SearchAnswer } from '#lib/api/types';
import type { PageServerLoad } from './$types';

const MAX_QUERY = 200;

export const load: PageServerLoad = async ({ locals, url, setHeaders }) => {
	const q = (url.searchParams.get('q') ?? '').trim().slice(0, MAX_QUERY);
	if (!q) return { q, answer: null };
	// No cache on the way keeps what people look for.
	setHeaders({ 'cache-control': 'no-store' });
	return { q, answer: await passing<SearchAnswer>(`/${locals.locale}/search`, { q, limit: 20 }).catch(toPageError) };
};
