import { page } from '#lib/api/client';
import type { FaqItem, Items } from '#lib/api/types';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({ faq: await page<Items<FaqItem>>(`/${locals.locale}/faq`) });
