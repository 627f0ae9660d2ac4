import { page } from '#lib/api/client';
import type { Service } from '#lib/api/types';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const service = await page<Service>(`/${locals.locale}/services/${encodeURIComponent(params.slug)}`);
	return { service, translations: service.translations, now: new Date(), origin: url.origin };
};
