import { createServer, request as httpRequest, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { IN_MEMORY_BYTES } from '../../server/spool.js';
import { createGateway, stopGracefully } from '../../server/gateway.js';
import { ownerOf } from '../../server/routes.js';

const open: Server[] = [];

async function listen(server: Server): Promise<string> {
	open.push(server);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Echoes what arrived, as JSON. */
const echo = (name: string) =>
	createServer((request, response) => {
		response.writeHead(200, { 'content-type': 'application/json', 'referrer-policy': 'no-referrer' });
		response.end(JSON.stringify({ name, url: request.url, headers: request.headers }));
	});

const site = (_request: object, response: object) =>
	(response as ServerResponse).writeHead(200, { 'content-type': 'text/html' }).end('<p>Seite</p>'.repeat(200));

type Options = Omit<Partial<Parameters<typeof createGateway>[0]>, 'site'>;

async function gateway(options: Options = {}) {
	const djangoOrigin = await listen(echo('django'));
	const liveOrigin = await listen(echo('live'));
	return listen(createGateway({ site, djangoOrigin, liveOrigin, ...options }));
}

/** fetch would set and hide headers of its own. */
const ask = (url: string, headers: Record<string, string> = {}) =>
	new Promise<{ status: number; headers: IncomingMessage['headers']; body: string }>((resolve, reject) => {
		httpRequest(url, { headers }, (response) => {
			const chunks: Buffer[] = [];
			response.on('data', (chunk: Buffer) => chunks.push(chunk));
			response.on('end', () =>
				resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks).toString('latin1') })
			);
		})
			.on('error', reject)
			.end();
	});

const folder = mkdtempSync(join(tmpdir(), 'gateway-'));
vi.stubEnv('TMPDIR', folder); // where bodies and answers wait
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => void open.splice(0));
afterEach(() => open.forEach((server) => (server.closeAllConnections(), server.close())));

describe('who owns a path', () => {
	test.each([
		['/api/v1/de/home?x=1', 'django'],
		['/admin', 'django'],
		['/_allauth/browser/v1/auth/session', 'django'],
		['/healthz', 'django'],
		['/ws', 'live'],
		['/events?since=3', 'live'],
		['/', 'site'],
		['/administration', 'site'],
		['/en/leistungen/x', 'site'],
		['/?next=/api/', 'site']
	])('path__%s__belongs_to_%s', (path, owner) => expect(ownerOf(path)).toBe(owner));
});

describe('proxying', () => {
	test('api__any_request__reaches_django_with_the_public_host', async () => {
		const answer = await ask(`${await gateway()}/api/v1/de/home?a=1`, { host: 'stadt.example' });
		expect(JSON.parse(answer.body)).toMatchObject({ name: 'django', url: '/api/v1/de/home?a=1', headers: { host: 'stadt.example' } });
	});

	test('events__any_request__reach_the_live_service', async () => {
		expect(JSON.parse((await ask(`${await gateway()}/events`)).body).name).toBe('live');
	});

	test('forwarding_headers__claimed_by_a_browser__are_replaced', async () => {
		const forged = { 'x-forwarded-for': '1.2.3.4', 'x-forwarded-proto': 'https', 'x-forwarded-host': 'evil.example', forwarded: 'for=1.2.3.4' };
		const { headers } = JSON.parse((await ask(`${await gateway()}/api/x`, forged)).body);
		expect(headers).toMatchObject({ 'x-forwarded-for': '127.0.0.1', 'x-forwarded-proto': 'http' });
		expect(headers['x-forwarded-host']).not.toBe('evil.example');
		expect(headers.forwarded).toBeUndefined();
	});

	test('forwarding_headers__from_our_own_proxy__are_kept', async () => {
		const origin = await gateway({ trustProxy: true });
		const given = { 'x-forwarded-for': '203.0.113.9', 'x-forwarded-proto': 'https', 'x-forwarded-host': 'stadt.example' };
		const { headers } = JSON.parse((await ask(`${origin}/api/x`, given)).body);
		expect(headers).toMatchObject({ ...given, 'x-forwarded-for': '203.0.113.9, 127.0.0.1' });
	});

	test('header__with_underscore__cannot_pose_as_one_of_ours', async () => {
		const forged = { SCRIPT_NAME: '/api', X_Forwarded_For: '1.2.3.4' };
		const { headers } = JSON.parse((await ask(`${await gateway()}/api/admin/login/`, forged)).body);
		expect(Object.keys(headers).filter((name) => name.includes('_'))).toEqual([]);
	});

	test('body__endless_or_without_length__is_refused_before_it_is_read', async () => {
		const origin = await gateway();
		expect((await ask(`${origin}/admin/login/`, { 'content-length': '40000000' })).status).toBe(413);
		expect((await ask(`${origin}/api/v1/drafts`, { 'transfer-encoding': 'chunked' })).status).toBe(411);
	});

	test('answer__over_tls__tells_the_browser_to_stay_there', async () => {
		const origin = await gateway({ trustProxy: true });
		const over = async (proto: string) => (await ask(`${origin}/`, { 'x-forwarded-proto': proto })).headers['strict-transport-security'];
		expect([await over('https'), await over('http')]).toEqual(['max-age=31536000', undefined]);
	});

	test('service_away__api__answers_503_problem_with_retry_after', async () => {
		const origin = await gateway({ djangoOrigin: 'http://127.0.0.1:9' });
		const answer = await ask(`${origin}/api/v1/de/home`);
		expect(answer.status).toBe(503);
		expect(answer.headers).toMatchObject({ 'retry-after': '30', 'content-type': 'application/problem+json' });
	});

	test('service_away__a_page_is_wanted__answers_in_plain_words', async () => {
		const origin = await gateway({ djangoOrigin: 'http://127.0.0.1:9' });
		const answer = await ask(`${origin}/admin/`, { accept: 'text/html' });
		expect(answer.status).toBe(503);
		expect(answer.body).toContain('Gleich wieder da');
	});
});

describe('slow senders', { timeout: 20_000 }, () => {
	const patience = { headersMs: 150, requestMs: 1500, idleMs: 150 };
	const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

	/** Django as it would be with one thread: what it was asked, and the bodies it got. */
	function recorder() {
		const seen: { url?: string; body?: Buffer }[] = [];
		const server = createServer(async (request, response) => {
			const entry: (typeof seen)[number] = { url: request.url };
			seen.push(entry);
			const chunks: Buffer[] = [];
			for await (const chunk of request) chunks.push(chunk);
			entry.body = Buffer.concat(chunks);
			response.end('got it');
		});
		return { server, seen };
	}

	async function dial(origin: string, first: string) {
		const socket: Socket = connect(Number(new URL(origin).port), '127.0.0.1');
		let text = '';
		socket.on('data', (chunk) => (text += chunk));
		const closed = new Promise<string>((resolve) => socket.on('close', () => resolve(text)).on('error', () => resolve(text)));
		socket.write(first);
		return { socket, closed, text: () => text };
	}

	const post = (length: number, more = '') =>
		`POST /api/v1/drafts HTTP/1.1\r\nHost: x\r\n${more}Content-Length: ${length}\r\n\r\n`;
	const LAST = 'Connection: close\r\n';

	async function upload(origin: string) {
		const { socket, closed } = await dial(origin, post(IN_MEMORY_BYTES + 1, LAST));
		socket.write(Buffer.alloc(IN_MEMORY_BYTES + 1));
		return closed;
	}

	test.each([
		['small body', 1000],
		['upload', IN_MEMORY_BYTES + 1000]
	])('pause__%s__408_and_django_never_hears_of_it', async (_name, length) => {
		const { server, seen } = recorder();
		const origin = await gateway({ djangoOrigin: await listen(server), patience });
		const { socket, closed } = await dial(origin, post(length));
		socket.write('{"a":');
		const answer = await closed;
		expect(answer).toMatch(/^HTTP\/1\.1 408 /);
		expect(answer).toContain('application/problem+json');
		expect(seen).toEqual([]);
	});

	test('dripping__for_longer_than_a_request_may_take__408', async () => {
		const { server, seen } = recorder();
		const origin = await gateway({ djangoOrigin: await listen(server), patience: { ...patience, requestMs: 500 } });
		const { socket, closed } = await dial(origin, post(100_000));
		const drip = setInterval(() => socket.write('x'), 40);
		expect(await closed).toMatch(/^HTTP\/1\.1 408 /);
		clearInterval(drip);
		expect(seen).toEqual([]);
	});

	test('headers__that_do_not_end__408', async () => {
		const { closed } = await dial(await gateway({ patience }), 'POST /api/v1/drafts HTTP/1.1\r\nHost: x\r\nX-Slow: ');
		expect(await closed).toMatch(/^HTTP\/1\.1 408 /);
	});

	test.each([
		['small body', 40_000],
		['upload', IN_MEMORY_BYTES * 3 + 17]
	])('slow_but_steady__%s__is_handed_on_when_it_is_whole', async (_name, length) => {
		const { server, seen } = recorder();
		const origin = await gateway({ djangoOrigin: await listen(server), patience: { ...patience, requestMs: 9000, idleMs: 5000 } });
		const body = Buffer.alloc(length, 'straße');
		const { socket, closed } = await dial(origin, post(length, LAST));
		for (let part = 0; part < 5; part++) {
			socket.write(body.subarray((part * length) / 5, ((part + 1) * length) / 5));
			await pause(60);
			if (part < 4) expect(seen).toEqual([]);
		}
		expect(await closed).toContain('got it');
		expect(seen[0]?.body?.equals(body)).toBe(true);
	});

	test('upload__sender_hangs_up__nothing_stays_on_the_disk', async () => {
		const { server, seen } = recorder();
		const origin = await gateway({ djangoOrigin: await listen(server), patience });
		const { socket, closed } = await dial(origin, post(IN_MEMORY_BYTES * 2));
		socket.write(Buffer.alloc(IN_MEMORY_BYTES));
		await pause(50);
		expect(readdirSync(folder)).toEqual([]);
		socket.destroy();
		await closed;
		await pause(50);
		expect(seen).toEqual([]);
	});

	test('uploads__more_at_once_than_one_sender_may_have__503_and_room_again_later', async () => {
		const { server } = recorder();
		const origin = await gateway({ djangoOrigin: await listen(server), patience: { ...patience, requestMs: 9000, idleMs: 5000 } });
		const waiting = await Promise.all(Array.from({ length: 8 }, () => dial(origin, post(IN_MEMORY_BYTES + 1))));
		await pause(500);
		const refused = await dial(origin, post(IN_MEMORY_BYTES + 1, LAST));
		expect(await refused.closed).toMatch(/^HTTP\/1\.1 503 [^]*retry-after/);
		waiting.forEach(({ socket }) => socket.destroy());
		await Promise.all(waiting.map(({ closed }) => closed));
		await pause(50);
		expect(await upload(origin)).toContain('got it');
	});

	test('uploads__django_away__503_and_their_room_is_free_again', async () => {
		const away = await gateway({ djangoOrigin: 'http://127.0.0.1:9', patience });
		for (let turn = 0; turn < 9; turn++) expect(await upload(away)).toMatch(/^HTTP\/1\.1 503 /);
		const idle = await dial(away, post(IN_MEMORY_BYTES + 1, LAST));
		expect(await idle.closed).toMatch(/^HTTP\/1\.1 408 /); // it got a place: 503 would have come at once
	});
});

describe('slow readers', { timeout: 20_000 }, () => {
	const LARGE = Buffer.alloc(IN_MEMORY_BYTES * 12, 'straße');
	const GET = 'GET /documents/1/big.pdf HTTP/1.1\r\nHost: x\r\n\r\n';

	/** Serves one large file; tells how many it has not got rid of yet. */
	async function library() {
		let waiting = 0;
		const server = createServer((request, response) => {
			waiting += 1;
			response.on('close', () => (waiting -= 1));
			response.writeHead(200, { 'content-length': LARGE.length, 'content-type': 'application/pdf', etag: '"1"' });
			response.end(request.method === 'HEAD' ? undefined : LARGE);
		});
		return { origin: await gateway({ djangoOrigin: await listen(server) }), waiting: () => waiting };
	}

	/** Asks and then reads nothing. */
	async function stare(origin: string) {
		const socket = connect(Number(new URL(origin).port), '127.0.0.1').on('error', () => undefined);
		socket.pause();
		await new Promise((resolve) => socket.write(GET, resolve));
		return socket;
	}

	const until = async (holds: () => boolean) => {
		for (let tries = 0; tries < 200 && !holds(); tries++) await new Promise((resolve) => setTimeout(resolve, 25));
		return holds();
	};

	test('large_answer__read_normally__arrives_whole_with_its_headers', async () => {
		const { origin } = await library();
		const answer = await ask(`${origin}/documents/1/big.pdf`);
		expect(answer.headers).toMatchObject({ 'content-length': String(LARGE.length), 'content-type': 'application/pdf', etag: '"1"' });
		expect(Buffer.from(answer.body, 'latin1').equals(LARGE)).toBe(true);
	});

	test('large_answer__nobody_reads_it__the_service_is_free_at_once', async () => {
		const { origin, waiting } = await library();
		const sockets = await Promise.all(Array.from({ length: 6 }, () => stare(origin)));
		expect(await until(() => waiting() > 0)).toBe(true);
		expect(await until(() => waiting() === 0)).toBe(true);
		expect(readdirSync(folder)).toEqual([]);
		sockets.forEach((socket) => socket.destroy());
	});

	test('large_answers__more_than_one_reader_may_hold__503_and_room_again_later', async () => {
		const { origin, waiting } = await library();
		const sockets = await Promise.all(Array.from({ length: 8 }, () => stare(origin)));
		expect(await until(() => waiting() > 0)).toBe(true);
		expect(await until(() => waiting() === 0)).toBe(true);
		const refused = await ask(`${origin}/documents/1/big.pdf`);
		expect([refused.status, refused.headers['retry-after'], refused.headers.etag]).toEqual([503, '30', undefined]);
		expect((await ask(`${origin}/documents/1/big.pdf`)).status).toBe(503);
		sockets.forEach((socket) => socket.destroy());
		await until(() => sockets.every((socket) => socket.closed));
		let status = 503;
		for (let tries = 0; tries < 40 && status === 503; tries++) ({ status } = await ask(`${origin}/documents/1/big.pdf`));
		expect(status).toBe(200);
	});

	test('large_answer__breaks_off__does_not_look_whole', async () => {
		const broken = createServer((_request, response) => {
			response.writeHead(200, { 'content-length': LARGE.length });
			response.write(LARGE.subarray(0, 5000), () => response.destroy());
		});
		const origin = await gateway({ djangoOrigin: await listen(broken) });
		await expect(ask(`${origin}/documents/1/big.pdf`)).rejects.toThrow();
	});
});

describe('the site', () => {
	test('page__browser_takes_brotli__is_compressed_and_guarded', async () => {
		const { headers } = await ask(`${await gateway()}/`, { 'accept-encoding': 'br' });
		expect(headers).toMatchObject({
			'content-encoding': 'br',
			'referrer-policy': 'same-origin',
			'x-content-type-options': 'nosniff',
			'cross-origin-opener-policy': 'same-origin'
		});
	});

	test('header__set_by_the_service_itself__wins_and_is_not_doubled', async () => {
		expect((await ask(`${await gateway()}/api/x`)).headers['referrer-policy']).toBe('no-referrer');
	});
});

describe('sockets and stopping', () => {
	const upgrade = (origin: string, path: string) =>
		new Promise<string>((resolve) => {
			const socket = connect(Number(new URL(origin).port), '127.0.0.1', () =>
				socket.write(
					`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGVzdA==\r\n\r\n`
				)
			);
			let text = '';
			socket.on('data', (chunk) => ((text += chunk), text.includes('\r\n\r\n') && socket.destroy()));
			socket.on('close', () => resolve(text));
			socket.on('error', () => resolve(text));
		});

	test('websocket__on_ws__is_upgraded_by_the_live_service', async () => {
		const live = createServer();
		live.on('upgrade', (_request, socket) => socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n'));
		const origin = await gateway({ liveOrigin: await listen(live) });
		expect(await upgrade(origin, '/ws')).toMatch(/^HTTP\/1\.1 101/);
	});

	test('websocket__anywhere_else__is_cut', async () => {
		expect(await upgrade(await gateway(), '/leistungen')).toBe('');
	});

	test('stop__idle_connections__ends_at_once', async () => {
		const server = createGateway({ site, djangoOrigin: 'http://127.0.0.1:9', liveOrigin: 'http://127.0.0.1:9' }) as Server;
		await ask(await listen(server));
		const begin = Date.now();
		await stopGracefully(server, { graceMs: 3000 });
		expect(Date.now() - begin).toBeLessThan(2000);
	});
});
