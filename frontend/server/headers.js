/** Headers of the gateway: what the browser is told, and what the services behind may believe. */

export const SECURITY_HEADERS = {
	// Addresses of drafts are secrets: they never travel to another site. (`no-referrer` would break form posts.)
	'referrer-policy': 'same-origin',
	'x-content-type-options': 'nosniff',
	'cross-origin-opener-policy': 'same-origin',
	'cross-origin-resource-policy': 'same-origin',
	'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()'
};

const HSTS = `max-age=${Number(process.env.SECURE_HSTS_SECONDS ?? 31_536_000)}`;

export function addSecurityHeaders(response, { isTls = false } = {}) {
	for (const [name, value] of Object.entries(SECURITY_HEADERS)) {
		if (!response.hasHeader(name)) response.setHeader(name, value);
	}
	if (isTls && !response.hasHeader('strict-transport-security')) response.setHeader('strict-transport-security', HSTS);
}

/**
 * Write the forwarding headers anew. Without a trusted proxy in front, what the browser claims about itself is dropped.
 *
 * @param {import('node:http').IncomingMessage} request
 * @param {{ trustProxy: boolean }} options
 */
export function setForwarded(request, { trustProxy }) {
	const { headers, socket } = request;
	const remote = (socket.remoteAddress ?? '').replace(/^::ffff:/, '');
	const before = trustProxy ? headers['x-forwarded-for'] : undefined;
	const isTls = Boolean(socket.encrypted);
	headers['x-forwarded-for'] = before ? `${before}, ${remote}` : remote;
	headers['x-forwarded-proto'] = (trustProxy && headers['x-forwarded-proto']) || (isTls ? 'https' : 'http');
	headers['x-forwarded-host'] = (trustProxy && headers['x-forwarded-host']) || headers.host || 'localhost';
	// Behind us `SCRIPT_NAME` and `X_Forwarded_For` would be read as something that only we may say.
	for (const name of Object.keys(headers)) if (name.includes('_')) delete headers[name];
	delete headers.forwarded;
	delete headers['x-real-ip'];
	delete headers['x-forwarded-port'];
}
