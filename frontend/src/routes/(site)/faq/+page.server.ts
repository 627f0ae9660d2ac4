import { page } from '#lib/api/client';
import type { FaqItem, Items, LifeSituation } from '#lib/api/types';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
	const [faq, situations] = await Promise.all([
		page<Items<FaqItem>>(`/${locals.locale}/faq`),
		page<Items<LifeSituation>>(`/${locals.locale}/life-situations`)
	]);
	return { faq, situations: situations.items };
};
