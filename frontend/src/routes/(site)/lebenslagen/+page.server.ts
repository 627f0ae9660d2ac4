import { page } from '#lib/api/client';
import type { Items, LifeSituation } from '#lib/api/types';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({
	situations: (await page<Items<LifeSituation>>(`/${locals.locale}/life-situations`)).items
});
