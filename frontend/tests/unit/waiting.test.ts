import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { createGateway } from '../../server/gateway.js';
import { startPage } from '../../server/waiting.js';

const open: Server[] = [];
afterEach(() => open.splice(0).forEach((server) => (server.closeAllConnections(), server.close())));

async function listen(server: Server): Promise<string> {
	open.push(server);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const site = (request: object, response: object) =>
	(response as ServerResponse).writeHead(200).end(`site ${(request as IncomingMessage).headers.cookie ?? ''}`);

const bodyOf = async (request: IncomingMessage) => JSON.parse((await Array.fromAsync(request)).join(''));

/** A line that has let in the first two. */
async function gateway() {
	const asked: string[][] = [];
	let last = 0;
	const django = createServer(async (request, response) => {
		const { tickets } = await bodyOf(request);
		asked.push(tickets);
		await new Promise((resolve) => setTimeout(resolve, 20));
		const places = tickets.map((ticket: string) => {
			const number = Number(ticket.split('.')[1] ?? ++last);
			return number <= 2
				? { is_let_in: true, ticket: `p.${number}.9.x`, number, ahead: 0, seconds: 0, look: 0 }
				: { is_let_in: false, ticket: `t.${number}.9.x`, number, ahead: number - 3, seconds: 60, look: 7 };
		});
		response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ places }));
	});
	const djangoOrigin = await listen(django);
	const address = await listen(createGateway({ site, djangoOrigin, liveOrigin: djangoOrigin, hasWaitingRoom: true }));
	return { address: `${address}/leistungen/hund/check`, asked };
}

const come = (address: string, headers: Record<string, string> = {}) => fetch(address, { headers });

test.each([
	['/leistungen/hund/check', 'de'],
	['/en/leistungen/hund/check?/start', 'en'],
	['/de-simple/leistungen/hund/check', 'de-simple'],
	['/leistungen/hund', undefined],
	['/antrag/abc/check', undefined]
])('%s starts an application in %s', (url, locale) => expect(startPage(url)).toBe(locale));

describe('the waiting room', () => {
	test('lets in the first and shows the others their place, asking once for all who come together', async () => {
		const { address, asked } = await gateway();
		const answers = await Promise.all([1, 2, 3, 4, 5].map(() => come(address)));

		expect(asked.length).toBeLessThan(5);
		const bodies = await Promise.all(answers.map((answer) => answer.text()));
		expect(bodies.filter((body) => body.startsWith('site rush=p.')).length).toBe(2);
		expect(bodies.filter((body) => body.includes('Sie sind gleich dran')).length).toBe(3);
		expect(answers.every((answer) => answer.status === 200)).toBe(true);
	});

	test('keeps a place by cookie or by address, and does not ask again before its turn', async () => {
		const { address, asked } = await gateway();
		await Promise.all([1, 2].map(() => come(address)));
		const waiting = await come(address);
		const ticket = /rush=([^;]+)/.exec(waiting.headers.get('set-cookie') ?? '')?.[1] ?? '';
		const count = asked.length;

		expect(await (await come(address, { cookie: `rush=${ticket}` })).text()).toContain('Sie sind als Nächstes dran');
		expect(await (await come(`${address}?platz=${ticket}`)).text()).toContain(`platz=${ticket}`);
		const json = await come(address, { cookie: `rush=${ticket}`, accept: 'application/json' });
		expect(await json.json()).toMatchObject({ look: 7, text: 'Sie sind als Nächstes dran. Das dauert weniger als 1 Minute.' });
		expect(asked.length).toBe(count);
	});

	test('lets whoever has a pass go on without a question', async () => {
		const { address, asked } = await gateway();
		const pass = /rush=([^;]+)/.exec((await come(address)).headers.get('set-cookie') ?? '')?.[1];
		const count = asked.length;

		expect(await (await come(address, { cookie: `other=1; rush=${pass}` })).text()).toContain('site other=1');
		expect(asked.length).toBe(count);
	});

	test('keeps nobody when Django is away', async () => {
		const address = await listen(
			createGateway({ site, djangoOrigin: 'http://127.0.0.1:9', liveOrigin: 'http://127.0.0.1:9', hasWaitingRoom: true })
		);

		expect(await (await come(`${address}/leistungen/hund/check`)).text()).toMatch(/^site/);
	});
});
