import { page } from '#lib/api/client';
import type { Items, LifeSituation, Place, ServiceList, UnitCard } from '#lib/api/types';
import { hrefIn, locales } from '#lib/i18n';
import type { RequestHandler } from './$types';

const FIXED = ['/', '/leistungen', '/lebenslagen', '/faq', '/standorte', '/aemter'];

/** All services, page by page: the list answers 20 at a time. */
async function servicePaths(): Promise<string[]> {
	const first = await page<ServiceList>('/de/services');
	const others = Array.from({ length: Math.max(0, first.pages - 1) }, (_, index) =>
		page<ServiceList>('/de/services', { page: index + 2 })
	);
	return [first, ...(await Promise.all(others))].flatMap((list) => list.items.map((item) => `/leistungen/${item.slug}`));
}

async function allPaths(): Promise<string[]> {
	const [services, situations, places, units] = await Promise.all([
		servicePaths(),
		page<Items<LifeSituation>>('/de/life-situations'),
		page<Items<Place>>('/de/locations'),
		page<Items<UnitCard>>('/de/units')
	]);
	const below = (folder: string, items: { slug: string }[]) => items.map((item) => `/${folder}/${item.slug}`);
	return [
		...FIXED,
		...services,
		...below('lebenslagen', situations.items),
		...below('standorte', places.items),
		...below('aemter', units.items)
	];
}

const entry = (origin: string, path: string): string => {
	const address = new URL(path, origin);
	const links = locales.map(
		(locale) => `<xhtml:link rel="alternate" hreflang="${locale}" href="${origin}${hrefIn(locale, address)}"/>`
	);
	return `<url><loc>${address.href}</loc>${links.join('')}</url>`;
};

export const GET: RequestHandler = async ({ url }) => {
	const entries = (await allPaths()).map((path) => entry(url.origin, path));
	const body = `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
${entries.join('\n')}
</urlset>
`;
	return new Response(body, {
		headers: { 'content-type': 'application/xml', 'cache-control': 'public, max-age=600' }
	});
};
