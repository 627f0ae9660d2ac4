/** How much one request may bring, and how long it may take. Size is looked at before a byte is read or handed on. */
const MAX_BODY_BYTES = 35 * 1024 * 1024; // as BODY_SIZE_LIMIT: without JavaScript one request may carry a few files

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
