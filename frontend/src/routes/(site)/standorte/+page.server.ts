import { page } from '#lib/api/client';
import type { Items, Place } from '#lib/api/types';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({
	places: (await page<Items<Place>>(`/${locals.locale}/locations`)).items,
	now: new Date()
});
