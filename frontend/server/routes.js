/** Which paths belong to whom. Everything not listed is the website itself. */
const DJANGO = ['/api', '/admin', '/_allauth', '/media', '/static', '/django-admin', '/documents', '/healthz', '/readyz'];
const LIVE = ['/ws', '/events'];

const isBelow = (path, prefixes) => prefixes.some((prefix) => path === prefix || path.startsWith(`${prefix}/`));

/**
 * @param {string} url request target, with or without a query
 * @returns {'django' | 'live' | 'site'}
 */
export function ownerOf(url) {
	const path = url.split('?', 1)[0];
	if (isBelow(path, DJANGO)) return 'django';
	return isBelow(path, LIVE) ? 'live' : 'site';
}
