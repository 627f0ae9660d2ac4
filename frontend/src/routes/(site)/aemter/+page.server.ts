import { page } from '#lib/api/client';
import type { Items, UnitCard } from '#lib/api/types';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({
	units: (await page<Items<UnitCard>>(`/${locals.locale}/units`)).items
});
