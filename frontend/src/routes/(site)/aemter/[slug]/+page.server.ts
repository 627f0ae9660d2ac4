import { page } from '#lib/api/client';
import type { Unit } from '#lib/api/types';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => ({
	unit: await page<Unit>(`/${locals.locale}/units/${encodeURIComponent(params.slug)}`),
	now: new Date()
});
