/** How much one request may bring, and how long it may take. Size is looked at before a byte is read or handed on. */
const UNITS = { '': 1, K: 1024, M: 1024 ** 2, G: 1024 ** 3 };

/** `35M` -> bytes, as the site's own server reads BODY_SIZE_LIMIT; without JavaScript one request may carry a few files. */
export function bytesOf(text) {
	const found = /^(\d+)([KMG]?)$/i.exec(text.trim());
	if (!found) throw new Error(`BODY_SIZE_LIMIT: "${text}" is no size such as 35M`);
	return Number(found[1]) * UNITS[found[2].toUpperCase()];
}

export const BODY_SIZE_LIMIT = process.env.BODY_SIZE_LIMIT ?? '35M';
const MAX_BODY_BYTES = bytesOf(BODY_SIZE_LIMIT);

/** The services behind read as much as the length says; a body that does not say its length is refused, too. */
export function isTooLarge({ headers }) {
	return Number(headers['content-length'] ?? 0) > MAX_BODY_BYTES || headers['transfer-encoding'] !== undefined;
}

/** Longest times in milliseconds: for the headers, for the whole request, and between two pieces of its body. */
export const PATIENCE = { headersMs: 20_000, requestMs: 180_000, idleMs: 15_000 };

export function answerTooLarge(request, response) {
	if (request.headers['transfer-encoding'] === undefined) refuse(response, 413, 'Content Too Large');
	else refuse(response, 411, 'Length Required');
}

export function answerTooSlow(response) {
	refuse(response, 408, 'Request Timeout');
}

/** The rest of the body is not read: the connection ends with this answer. */
function refuse(response, status, title) {
	const body = JSON.stringify({ type: 'about:blank', title, status });
	response.writeHead(status, {
		'content-type': 'application/problem+json',
		'content-length': Buffer.byteLength(body),
		'cache-control': 'no-store',
		connection: 'close'
	});
	response.end(body);
}
