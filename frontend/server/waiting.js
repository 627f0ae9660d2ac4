/**
 * The waiting room in front of the first page of an application: in a rush so many a second are let in, in the order they
 * came (docs/mechanisms/rush.md). Who is let in has a pass in a cookie; the others get a small page that is made here,
 * looks again by itself and needs neither cookies nor JavaScript. Numbers and their order are Django's: whoever comes
 * while a question to it is on its way goes along with the next one.
 */
import { createHash } from 'node:crypto';

const START = /^\/(?:(en|de-simple)\/)?leistungen\/[^/]+\/check$/;
const COOKIE = 'rush';
const QUERY = 'platz';
const MOST_AT_ONCE = 500;
const PASS_SECONDS = 7200;
const TIMEOUT_MS = 5000;

/** Language of a page where an application starts; undefined for any other address. */
export function startPage(url) {
	const found = START.exec(url.split('?', 1)[0]);
	return found ? (found[1] ?? 'de') : undefined;
}

const cookieOf = (request) => new RegExp(`(?:^|;\\s*)${COOKIE}=([\\w.]+)`).exec(request.headers.cookie ?? '')?.[1];
const queryOf = (url) => new URL(url ?? '', 'http://x').searchParams.get(QUERY);

/** Without cookies the place stands in the address, also in that of the page a form was sent from. */
function ticketOf(request) {
	try {
		return cookieOf(request) ?? queryOf(request.url) ?? queryOf(request.headers.referer) ?? '';
	} catch {
		return '';
	}
}

export class WaitingRoom {
	/** @param {{ djangoOrigin: string }} options */
	constructor({ djangoOrigin }) {
		this.address = `${djangoOrigin}/internal/admissions`;
		this.waiting = [];
		this.asking = false;
		this.passes = new Map(); // pass -> when it was seen first; each was signed by Django
		this.turns = new Map(); // ticket -> when it is worth asking again
	}

	/**
	 * Calls `go` for who is let in and answers the others.
	 * When Django cannot be asked nobody is kept: the page itself says what is wrong.
	 */
	async enter(request, response, locale, go) {
		const ticket = ticketOf(request);
		if (this.isPass(ticket)) return go();
		const place = this.stillWaiting(ticket) ?? (await this.ask(ticket));
		if (!place) return go();
		this.remember(place);
		const secure = request.headers['x-forwarded-proto'] === 'https' ? '; Secure' : '';
		const cookie = `${COOKIE}=${place.ticket}; Path=/; Max-Age=${PASS_SECONDS}; HttpOnly; SameSite=Lax${secure}`;
		if (!place.is_let_in) return answerWaiting(request, response, { place, locale, cookie });
		if (cookieOf(request) !== place.ticket) {
			response.setHeader('set-cookie', cookie);
			const others = (request.headers.cookie ?? '').replace(new RegExp(`(?:^|;\\s*)${COOKIE}=[^;]*`), '');
			request.headers.cookie = [others, `${COOKIE}=${place.ticket}`].filter(Boolean).join('; ');
		}
		return go();
	}

	isPass(ticket) {
		const seen = this.passes.get(ticket);
		return seen !== undefined && Date.now() - seen < (PASS_SECONDS / 2) * 1000;
	}

	/** Reloading before one's turn can have come needs no question. */
	stillWaiting(ticket) {
		const known = this.turns.get(ticket);
		const seconds = known && Math.ceil((known.turn - Date.now()) / 1000);
		if (!known || seconds <= known.place.look) return undefined;
		return { ...known.place, seconds, ahead: Math.floor((known.place.ahead * seconds) / known.place.seconds) };
	}

	remember(place) {
		const [map, value] = place.is_let_in
			? [this.passes, this.passes.get(place.ticket) ?? Date.now()]
			: [this.turns, this.turns.get(place.ticket) ?? { place, turn: Date.now() + place.seconds * 1000 }];
		map.set(place.ticket, value);
		if (map.size > 50_000) map.delete(map.keys().next().value);
	}

	ask(ticket) {
		return new Promise((resolve) => {
			this.waiting.push({ ticket, resolve });
			this.askAll();
		});
	}

	/** One question at a time, with all who have come meanwhile, in their order. */
	async askAll() {
		if (this.asking) return;
		this.asking = true;
		while (this.waiting.length) {
			const asked = this.waiting.splice(0, MOST_AT_ONCE);
			const places = await this.places(asked.map(({ ticket }) => ticket)).catch(() => []);
			asked.forEach(({ resolve }, index) => resolve(places[index]));
		}
		this.asking = false;
	}

	async places(tickets) {
		const answer = await fetch(this.address, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ tickets }),
			signal: AbortSignal.timeout(TIMEOUT_MS)
		});
		return answer.ok ? (await answer.json()).places : [];
	}
}

const TEXTS = {
	de: {
		title: 'Sie sind gleich dran',
		why: 'Gerade möchten sehr viele Menschen einen Antrag stellen. Damit es für alle schnell geht, lassen wir sie nacheinander ein.',
		ahead: (count) => (count === 1 ? 'Vor Ihnen ist noch 1 Person.' : `Vor Ihnen sind noch ${count} Personen.`),
		next: 'Sie sind als Nächstes dran.',
		minutes: (count) => (count <= 1 ? 'Das dauert weniger als 1 Minute.' : `Das dauert etwa ${count} Minuten.`),
		keep: 'Diese Seite geht von selbst weiter. Ihr Platz bleibt Ihnen, auch wenn Sie neu laden oder kurz etwas anderes tun.',
		again: 'Jetzt nachsehen'
	},
	en: {
		title: 'It is your turn soon',
		why: 'Very many people want to apply right now. To keep it fast for everyone, we let them in one after the other.',
		ahead: (count) => (count === 1 ? 'There is 1 person before you.' : `There are ${count} people before you.`),
		next: 'You are next.',
		minutes: (count) => (count <= 1 ? 'This takes less than 1 minute.' : `This takes about ${count} minutes.`),
		keep: 'This page moves on by itself. You keep your place, even if you reload or do something else for a moment.',
		again: 'Check now'
	},
	'de-simple': {
		title: 'Sie sind gleich dran',
		why: 'Sehr viele Menschen stellen gerade einen Antrag. Darum müssen Sie kurz warten.',
		ahead: (count) => (count === 1 ? '1 Person ist vor Ihnen dran.' : `${count} Personen sind vor Ihnen dran.`),
		next: 'Sie sind als Nächstes dran.',
		minutes: (count) => (count <= 1 ? 'Das dauert weniger als 1 Minute.' : `Das dauert ungefähr ${count} Minuten.`),
		keep: 'Diese Seite geht von allein weiter. Ihr Platz bleibt. Sie müssen nichts tun.',
		again: 'Jetzt nachsehen'
	}
};

const STYLE =
	':root{color-scheme:light dark}body{background:Canvas;color:CanvasText;font:1.125rem/1.6 system-ui,sans-serif;margin:0}main{max-width:38rem;margin:0 auto;padding:2rem 1rem}h1{line-height:1.25}' +
	'[role=status]{font-weight:600}a{color:LinkText;display:inline-block;padding:.5rem 0}:focus-visible{outline:3px solid;outline-offset:2px}';
// Says the new place politely and goes on when it is one's turn; without JavaScript the page reloads itself instead.
const SCRIPT = `(function look(after){setTimeout(async function(){try{
var a=await fetch(location.href,{headers:{accept:'application/json'}});
if(a.headers.get('content-type')!=='application/json'){location.reload();return}
var p=await a.json();document.querySelector('[role=status]').textContent=p.text;look(p.look)}
catch(e){look(after)}},after*1000)})(+document.querySelector('main').dataset.look)`;
const hashOf = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const POLICY =
	`default-src 'none'; style-src ${hashOf(STYLE)}; script-src ${hashOf(SCRIPT)}; connect-src 'self'; ` +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

function wordsOf(place, texts, locale) {
	const count = place.ahead.toLocaleString(locale === 'en' ? 'en-GB' : 'de-DE');
	const ahead = place.ahead === 0 ? texts.next : texts.ahead(place.ahead === 1 ? 1 : count);
	return `${ahead} ${texts.minutes(Math.ceil(place.seconds / 60))}`;
}

export function pageOf(place, locale, address) {
	const texts = TEXTS[locale];
	return `<!doctype html>
<html lang="${locale === 'de-simple' ? 'de' : locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<noscript><meta http-equiv="refresh" content="${place.look}; url=${address}"></noscript>
<title>${texts.title}</title>
<style>${STYLE}</style>
</head>
<body>
<main data-look="${place.look}">
<h1>${texts.title}</h1>
<p>${texts.why}</p>
<p role="status">${wordsOf(place, texts, locale)}</p>
<p>${texts.keep}</p>
<p><a href="${address}">${texts.again}</a></p>
</main>
<script>${SCRIPT}</script>
</body>
</html>
`;
}

/** The page, or for its own script only what has changed. 200: nothing is wrong, and no cache may keep it. */
function answerWaiting(request, response, { place, locale, cookie }) {
	const wantsJson = request.headers.accept === 'application/json';
	const path = (request.url ?? '/').split('?', 1)[0].replace(/[^\w/.%~-]/g, '');
	const body = wantsJson
		? JSON.stringify({ look: place.look, text: wordsOf(place, TEXTS[locale], locale) })
		: pageOf(place, locale, `${path}?${QUERY}=${place.ticket}`);
	request.resume();
	response.writeHead(200, {
		'content-type': wantsJson ? 'application/json' : 'text/html; charset=utf-8',
		'content-length': Buffer.byteLength(body),
		'cache-control': 'no-store',
		'retry-after': place.look,
		'set-cookie': cookie,
		'content-security-policy': POLICY
	});
	response.end(request.method === 'HEAD' ? undefined : body);
}
