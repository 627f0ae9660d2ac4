/**
 * Starts the front end: `node server.js` after `npm run build`.
 *
 * HOST, PORT            where to listen (127.0.0.1:8000)
 * DJANGO_ORIGIN         the web service (http://127.0.0.1:8001)
 * LIVE_ORIGIN           the service for sockets and event streams (http://127.0.0.1:8002)
 * TRUST_PROXY           1 when a proxy of ours is in front and sets X-Forwarded-For, -Proto and -Host
 * RUSH_STARTS_PER_SECOND  more than 0: people wait in line when more than so many begin an application
 * CITY_NAME, CITY_DEMO  name of the city; 0 takes the demonstration notice away
 *
 * Requests are not logged: their addresses may carry the secret link of a draft.
 */
import { createGateway, stopGracefully } from './server/gateway.js';
import { BODY_SIZE_LIMIT } from './server/limits.js';

const {
	HOST = '127.0.0.1',
	PORT = '8000',
	DJANGO_ORIGIN = 'http://127.0.0.1:8001',
	LIVE_ORIGIN = 'http://127.0.0.1:8002',
	TRUST_PROXY = '0',
	RUSH_STARTS_PER_SECOND = '0'
} = process.env;

// Read by the built site when it is imported: the gateway sets these headers itself, so they can be believed.
Object.assign(process.env, {
	DJANGO_ORIGIN,
	PROTOCOL_HEADER: 'x-forwarded-proto',
	HOST_HEADER: 'x-forwarded-host',
	ADDRESS_HEADER: 'x-forwarded-for',
	XFF_DEPTH: TRUST_PROXY === '1' ? '2' : '1',
	BODY_SIZE_LIMIT
});

const { handler: site } = await import('./build/handler.js');

const server = createGateway({
	site,
	djangoOrigin: DJANGO_ORIGIN,
	liveOrigin: LIVE_ORIGIN,
	trustProxy: TRUST_PROXY === '1',
	hasWaitingRoom: Number(RUSH_STARTS_PER_SECOND) > 0
});

server.listen(Number(PORT), HOST, () => console.log(`front end on http://${HOST}:${server.address().port}`));

for (const signal of ['SIGTERM', 'SIGINT']) {
	process.once(signal, async () => {
		await stopGracefully(server);
		process.exit(0);
	});
}
