/** How much one request may bring. Looked at before a byte of it is read or handed on. */
const MAX_BODY_BYTES = 35 * 1024 * 1024; // as BODY_SIZE_LIMIT: without JavaScript one request may carry a few files

/** The services behind read as much as the length says; a body that does not say its length is refused, too. */
export function isTooLarge({ headers }) {
	return Number(headers['content-length'] ?? 0) > MAX_BODY_BYTES || headers['transfer-encoding'] !== undefined;
}

export function answerTooLarge(request, response) {
	const status = request.headers['transfer-encoding'] === undefined ? 413 : 411;
	const title = status === 413 ? 'Content Too Large' : 'Length Required';
	const body = JSON.stringify({ type: 'about:blank', title, status });
	response.writeHead(status, {
		'content-type': 'application/problem+json',
		'content-length': Buffer.byteLength(body),
		'cache-control': 'no-store',
		connection: 'close'
	});
	response.end(body);
}
