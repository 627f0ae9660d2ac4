/** One address for everything: the website is rendered here, the rest is handed to Django and to the live service. */
import { createServer } from 'node:http';
import { constants } from 'node:zlib';
import compression from 'compression';
import { createProxyServer } from 'httpxy';
import { isLarge, sendAtReadersPace } from './answers.js';
import { Gone, takeBody, TooSlow } from './bodies.js';
import { addSecurityHeaders, setForwarded } from './headers.js';
import { answerTooLarge, answerTooSlow, isTooLarge, PATIENCE } from './limits.js';
import { ownerOf } from './routes.js';
import { Spool } from './spool.js';
import { answerUnavailable } from './unavailable.js';
import { startPage, WaitingRoom } from './waiting.js';

// Pages only: the read API brings its documents compressed, and media is compressed by nature.
const compress = compression({
	threshold: 512,
	level: 6,
	brotli: { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } }
});

/**
 * @param {object} options
 * @param {(request: object, response: object, next: () => void) => void} options.site handler of the website
 * @param {string} options.djangoOrigin
 * @param {string} options.liveOrigin
 * @param {boolean} [options.trustProxy] a proxy of ours is in front, and its forwarding headers are true
 * @param {{ headersMs: number, requestMs: number, idleMs: number }} [options.patience] with slow senders
 * @param {boolean} [options.hasWaitingRoom] in a rush people wait before the first page of an application
 * @returns {import('node:http').Server} not listening yet
 */
export function createGateway({
	site,
	djangoOrigin,
	liveOrigin,
	trustProxy = false,
	patience = PATIENCE,
	hasWaitingRoom = false
}) {
	const room = hasWaitingRoom ? new WaitingRoom({ djangoOrigin }) : null;
	const proxy = createProxyServer({ proxyTimeout: 0 });
	const targets = { django: djangoOrigin, live: liveOrigin };
	const uploads = new Spool();
	const downloads = new Spool();
	proxy.on('error', (_problem, request, response) => {
		// A socket (upgrade) cannot be answered in words any more.
		if (typeof response?.writeHead === 'function') answerUnavailable(request, response);
		else response?.destroy();
	});
	// What the service says itself wins over ours.
	proxy.on('proxyRes', (answer, request, response) => {
		for (const name of Object.keys(answer.headers)) response.removeHeader(name);
		if (!isLarge(request, answer)) return;
		try {
			const leave = downloads.enter(request.headers['x-forwarded-for']);
			answer.pipe = (target) => {
				delete answer.pipe; // httpxy asks for it once, when the headers are set
				return sendAtReadersPace(answer, target, leave);
			};
		} catch {
			answer.destroy();
			answerUnavailable(request, response);
		}
	});

	async function handOn(request, response, target) {
		try {
			const body = await takeBody(request, { idleMs: patience.idleMs, spool: uploads });
			if (body) {
				delete request.headers.expect; // what it asks for has come
				response.once('close', () => body.destroy());
				if (response.closed) return void body.destroy();
			}
			await proxy.web(request, response, { target, buffer: body });
		} catch (problem) {
			if (problem instanceof TooSlow) answerTooSlow(response);
			else if (problem instanceof Gone) response.destroy();
			else answerUnavailable(request, response);
		}
	}

	const times = {
		headersTimeout: patience.headersMs,
		requestTimeout: patience.requestMs,
		connectionsCheckingInterval: Math.min(5000, patience.headersMs) // Node looks only so often; it answers 408 itself
	};
	const server = createServer(times, (request, response) => {
		setForwarded(request, { trustProxy });
		const owner = ownerOf(request.url ?? '/');
		addSecurityHeaders(response, { isTls: request.headers['x-forwarded-proto'] === 'https' });
		if (isTooLarge(request)) return answerTooLarge(request, response);
		if (owner === 'site') {
			const go = () => compress(request, response, () => site(request, response, () => response.writeHead(404).end()));
			const locale = room && startPage(request.url ?? '/');
			return locale ? room.enter(request, response, locale, go) : go();
		}
		handOn(request, response, targets[owner]);
	});

	server.on('upgrade', (request, socket, head) => {
		if (ownerOf(request.url ?? '/') !== 'live') return socket.destroy();
		setForwarded(request, { trustProxy });
		proxy.ws(request, socket, { target: liveOrigin }, head).catch(() => socket.destroy());
	});

	return server;
}

/** Let running answers finish, then go; sockets that stay open (events, idle) are cut after `graceMs`. */
export function stopGracefully(server, { graceMs = 8000 } = {}) {
	return new Promise((resolve) => {
		const cut = setTimeout(() => server.closeAllConnections(), graceMs);
		server.close(() => {
			clearTimeout(cut);
			resolve();
		});
		server.closeIdleConnections();
	});
}
