import type { RequestHandler } from './$types';

const DAYS_VALID = 180;

/** RFC 9116: where to report a weakness. SECURITY_CONTACT is a mailto: or https: address. */
export const GET: RequestHandler = ({ url }) => {
	const expires = new Date(Date.now() + DAYS_VALID * 86_400_000).toISOString();
	const contact = process.env.SECURITY_CONTACT ?? `${url.origin}/seiten/impressum`;
	const lines = [`Contact: ${contact}`, `Expires: ${expires}`, 'Preferred-Languages: de, en', `Canonical: ${url.origin}${url.pathname}`, ''];
	return new Response(lines.join('\n'), { headers: { 'content-type': 'text/plain; charset=utf-8' } });
};
