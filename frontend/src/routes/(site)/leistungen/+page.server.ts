import { page } from '#lib/api/client';
import type { Items, LifeSituation, ServiceList } from '#lib/api/types';
import type { PageServerLoad } from './$types';

/** Page numbers from the address: anything that is not a positive whole number is the first page. */
const pageNumber = (text: string | null): number => (/^[1-9]\d{0,4}$/.test(text ?? '') ? Number(text) : 1);

export const load: PageServerLoad = async ({ locals, url }) => {
	const filter = {
		life_situation: url.searchParams.get('lebenslage') ?? '',
		unit: url.searchParams.get('amt') ?? '',
		online: url.searchParams.get('online') === 'ja'
	};
	const [list, situations] = await Promise.all([
		page<ServiceList>(`/${locals.locale}/services`, {
			...filter,
			online: filter.online || null,
			page: pageNumber(url.searchParams.get('seite'))
		}),
		page<Items<LifeSituation>>(`/${locals.locale}/life-situations`)
	]);
	return { filter, list, situations: situations.items };
};
