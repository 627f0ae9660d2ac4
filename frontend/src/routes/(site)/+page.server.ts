import { page } from '#lib/api/client';
import type { Home } from '#lib/api/types';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({ home: await page<Home>(`/${locals.locale}/home`) });
