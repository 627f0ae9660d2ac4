import { page } from '#lib/api/client';
import type { LifeSituationPage } from '#lib/api/types';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => ({
	situation: await page<LifeSituationPage>(`/${locals.locale}/life-situations/${encodeURIComponent(params.slug)}`)
});
