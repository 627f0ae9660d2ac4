import { city } from '#lib/site/city';
import { m } from '#lib/paraglide/messages';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = () => {
	const { name } = city();
	const manifest = {
		name: `${name}: ${m.site_subline({}, { locale: 'de' })}`,
		short_name: name,
		lang: 'de',
		start_url: '/',
		display: 'standalone',
		background_color: '#ffffff',
		theme_color: '#0a5457',
		icons: [
			{ src: '/favicon.svg', sizes: 'any', type: 'image/svg+xml' },
			{ src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
			{ src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
			{ src: '/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' }
		]
	};
	return new Response(JSON.stringify(manifest), {
		headers: { 'content-type': 'application/manifest+json', 'cache-control': 'public, max-age=86400' }
	});
};
