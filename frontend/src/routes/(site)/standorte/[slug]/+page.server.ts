import { page } from '#lib/api/client';
import type { Place } from '#lib/api/types';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => ({
	place: await page<Place>(`/${locals.locale}/locations/${encodeURIComponent(params.slug)}`),
	now: new Date()
});
