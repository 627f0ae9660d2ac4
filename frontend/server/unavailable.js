/** The answer when a service behind the gateway does not: said in plain words, with `Retry-After`. */
const RETRY_SECONDS = 30;

const PAGE = `<!doctype html>
<html lang="de">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Gleich wieder da</title>
<main>
<h1>Gleich wieder da</h1>
<p>Der Dienst ist für einen Moment nicht erreichbar. Ihre gespeicherten Angaben sind sicher. Bitte laden Sie die Seite in einer Minute neu.</p>
<p lang="en">The service cannot be reached for a moment. Your saved entries are safe. Please reload the page in a minute.</p>
</main>
</html>
`;

const PROBLEM = JSON.stringify({
	type: 'about:blank',
	title: 'Service Unavailable',
	status: 503,
	detail: 'The service cannot be reached. Please try again later.'
});

export function answerUnavailable(request, response) {
	if (response.headersSent) return response.destroy();
	const wantsPage = /text\/html/.test(request.headers.accept ?? '');
	const body = wantsPage ? PAGE : PROBLEM;
	response.writeHead(503, {
		'content-type': wantsPage ? 'text/html; charset=utf-8' : 'application/problem+json',
		'content-length': Buffer.byteLength(body),
		'retry-after': RETRY_SECONDS,
		'cache-control': 'no-store',
		'content-security-policy': "default-src 'none'; frame-ancestors 'self'"
	});
	response.end(request.method === 'HEAD' ? undefined : body);
}
