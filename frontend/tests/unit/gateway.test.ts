import { createServer, request as httpRequest, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
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

async function gateway(options: { djangoOrigin?: string; liveOrigin?: string; trustProxy?: boolean } = {}) {
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
