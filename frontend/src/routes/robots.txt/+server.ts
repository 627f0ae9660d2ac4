import type { RequestHandler } from './$types';

// Personal and staff pages answer "noindex" themselves; keeping robots out of them spares the drafts.
const CLOSED = ['/antrag/', '/status', '/konto', '/anmelden', '/intern', '/vorschau', '/suche', '/admin/', '/api/'];

export const GET: RequestHandler = ({ url }) => {
	const lines = ['User-agent: *', ...CLOSED.map((path) => `Disallow: ${path}`), '', `Sitemap: ${url.origin}/sitemap.xml`, ''];
	return new Response(lines.join('\n'), {
		headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'public, max-age=3600' }
	});
};
