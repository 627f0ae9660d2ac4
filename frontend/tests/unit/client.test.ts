import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ApiProblem, ApiUnavailable, apiPath, content, createApi, forgetContent, passing } from '../../src/lib/api/client';

type Respond = (request: IncomingMessage, response: ServerResponse, body: string) => void;

let server: Server;
let respond: Respond;
let seen: { url?: string; method?: string; headers: IncomingMessage['headers']; body: string }[];

beforeEach(async () => {
	seen = [];
	forgetContent();
	server = createServer(async (request, response) => {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		const body = Buffer.concat(chunks).toString();
		seen.push({ url: request.url, method: request.method, headers: request.headers, body });
		respond(request, response, body);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	process.env.DJANGO_ORIGIN = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(() => {
	server.closeAllConnections();
	server.close();
});

const json = (response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}) =>
	response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));

const person = (cookie = '') => ({
	request: new Request('http://localhost:8000/antrag', { headers: { cookie } }),
	url: new URL('http://localhost:8000/antrag') as never,
	getClientAddress: () => '203.0.113.9'
});

test('path__empty_values__are_left_out', () => {
	expect(apiPath('/de/search', { q: 'Hund & Katze', limit: 5, unit: null, online: undefined, page: '' })).toBe(
		'/api/v1/de/search?q=Hund+%26+Katze&limit=5'
	);
});

test.each(['/drafts/../cases/7', '/drafts/%2e%2E/cases', '/drafts/.', '/drafts/x?validate=1', '/drafts/x#y', '/drafts/..\\cases', '/drafts/.\t./x'])(
	'path__%s_leads_elsewhere__is_not_found_and_never_asked',
	async (path) => {
		await expect(createApi(person()).get(path)).rejects.toMatchObject({ name: 'ApiProblem', status: 404 });
		expect(seen).toEqual([]);
	}
);

test('call__in_the_name_of_a_person__passes_cookie_csrf_and_address', async () => {
	respond = (_request, response) => json(response, 200, { ok: true });
	await createApi(person('sessionid=s1; csrftoken=t0ken')).post('/cases/1/status', { status: 'decided' });
	expect(seen[0]?.headers).toMatchObject({
		cookie: 'sessionid=s1; csrftoken=t0ken',
		'x-csrftoken': 't0ken',
		'x-forwarded-for': '203.0.113.9',
		'x-forwarded-proto': 'http',
		'x-forwarded-host': 'localhost:8000',
		origin: 'http://localhost:8000'
	});
	expect(JSON.parse(seen[0]?.body ?? '')).toEqual({ status: 'decided' });
});

test('call__problem_details__become_a_typed_error', async () => {
	respond = (_request, response) =>
		json(response, 422, { status: 422, title: 'Invalid', errors: [{ path: 'a.b', code: 'required', message: 'Fehlt' }] });
	const failure = await createApi(person()).post('/drafts', {}).catch((problem: unknown) => problem);
	expect(failure).toBeInstanceOf(ApiProblem);
	expect((failure as ApiProblem).problem.errors?.[0]?.path).toBe('a.b');
});

test('call__server_fails__is_unavailable_with_its_retry_after', async () => {
	respond = (_request, response) => json(response, 503, {}, { 'retry-after': '7' });
	await expect(createApi(person()).get('/me')).rejects.toMatchObject({ name: 'ApiUnavailable', retryAfter: 7, status: 503 });
});

test('call__nothing_listens__is_unavailable', async () => {
	process.env.DJANGO_ORIGIN = 'http://127.0.0.1:9';
	await expect(createApi(person()).get('/me')).rejects.toBeInstanceOf(ApiUnavailable);
});

test('call__a_file__travels_as_multipart', async () => {
	respond = (_request, response) => json(response, 201, { id: 'f1' });
	const form = new FormData();
	form.set('file', new File(['abc'], 'a.txt', { type: 'text/plain' }));
	await createApi(person()).post('/drafts/t/files', form);
	expect(seen[0]?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
});

test('content__second_time__is_asked_with_the_etag_and_kept_on_304', async () => {
	respond = (request, response) =>
		request.headers['if-none-match'] === '"v1"' ? response.writeHead(304).end() : json(response, 200, { n: 1 }, { etag: '"v1"' });
	expect(await content('/de/home')).toEqual({ n: 1 });
	expect(await content('/de/home')).toEqual({ n: 1 });
	expect(seen.map((request) => request.headers['if-none-match'])).toEqual([undefined, '"v1"']);
	expect(seen[0]?.headers.cookie).toBeUndefined();
});

test('content__django_away_after_a_first_answer__shows_the_last_known', async () => {
	respond = (_request, response) => json(response, 200, { n: 1 }, { etag: '"v1"' });
	await content('/de/home');
	respond = (_request, response) => json(response, 500, {});
	expect(await content('/de/home')).toEqual({ n: 1 });
});

test('content__unpublished__is_gone_at_once', async () => {
	respond = (_request, response) => json(response, 200, { n: 1 }, { etag: '"v1"' });
	await content('/de/services/x');
	respond = (_request, response) => json(response, 404, { status: 404, title: 'Not Found' });
	await expect(content('/de/services/x')).rejects.toMatchObject({ status: 404 });
	respond = (_request, response) => json(response, 500, {});
	await expect(content('/de/services/x')).rejects.toBeInstanceOf(ApiUnavailable);
});

test('passing__a_search__is_asked_each_time_and_kept_nowhere', async () => {
	respond = (_request, response) => json(response, 200, { n: 1 }, { etag: '"v1"' });
	expect(await passing('/de/search', { q: 'Hund' })).toEqual({ n: 1 });
	await passing('/de/search', { q: 'Hund' });
	expect(seen.map((request) => request.headers['if-none-match'])).toEqual([undefined, undefined]);
	expect(seen[0]?.headers.cookie).toBeUndefined();
	respond = (_request, response) => json(response, 500, {});
	await expect(passing('/de/search', { q: 'Hund' })).rejects.toBeInstanceOf(ApiUnavailable);
});
