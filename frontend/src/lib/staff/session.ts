/**
 * Signing in and out through allauth's headless browser client, in the name of the browser: its cookies go there and
 * allauth's come back. No password is checked, stored or logged here. Server only.
 */
import type { Cookies, RequestEvent } from '@sveltejs/kit';
import { apiPath, ApiUnavailable, djangoOrigin, forwardedHeaders } from '#lib/api/client';

const AUTH = '/_allauth/browser/v1/auth';

export interface SignInAnswer {
	/** 200 signed in, 401 one more step, 400 wrong input, 403 or 429 refused. */
	status: number;
	errors: { message: string; code: string; param?: string }[];
	/** Ids of the next possible steps, for instance `login_by_code`. */
	pending: string[];
}

type Attributes = Parameters<Cookies['set']>[2];

/** One `Set-Cookie` line as name, value and options. */
export function readSetCookie(line: string): { name: string; value: string; options: Attributes & { path: string } } {
	const [pair = '', ...rest] = line.split(';').map((part) => part.trim());
	const equals = pair.indexOf('=');
	const options: Attributes & { path: string } = { path: '/', httpOnly: false, secure: false };
	for (const part of rest) {
		const [key = '', value = ''] = part.split('=');
		const name = key.toLowerCase();
		if (name === 'path') options.path = value || '/';
		if (name === 'httponly') options.httpOnly = true;
		if (name === 'secure') options.secure = true;
		if (name === 'max-age') options.maxAge = Number(value);
		if (name === 'expires') options.expires = new Date(value);
		if (name === 'samesite') options.sameSite = value.toLowerCase() as 'lax' | 'strict' | 'none';
	}
	return { name: pair.slice(0, equals), value: pair.slice(equals + 1), options };
}

function relayCookies(event: RequestEvent, response: Response): void {
	for (const line of response.headers.getSetCookie()) {
		const { name, value, options } = readSetCookie(line);
		event.cookies.set(name, value, { ...options, encode: (text) => text });
	}
}

/** Cookies as the browser will have them after this answer: its own, and those set since. */
function cookieHeader(event: RequestEvent): string {
	return event.cookies
		.getAll({ decode: (text) => text })
		.map(({ name, value }) => `${name}=${value}`)
		.join('; ');
}

async function send(event: RequestEvent, path: string, method: string, body?: unknown): Promise<Response> {
	const csrf = event.cookies.get('csrftoken');
	const headers: Record<string, string> = {
		...forwardedHeaders(event),
		accept: 'application/json',
		'accept-language': event.locals.locale,
		cookie: cookieHeader(event),
		origin: event.url.origin,
		referer: `${event.url.origin}/`
	};
	if (csrf) headers['x-csrftoken'] = csrf;
	if (body !== undefined) headers['content-type'] = 'application/json';
	let response: Response;
	try {
		response = await fetch(djangoOrigin() + path, {
			method,
			headers,
			body: body === undefined ? undefined : JSON.stringify(body),
			redirect: 'manual',
			signal: AbortSignal.timeout(10_000)
		});
	} catch {
		throw new ApiUnavailable(503);
	}
	if (response.status >= 500) throw new ApiUnavailable(response.status);
	relayCookies(event, response);
	return response;
}

/** Every change needs a CSRF token; the first visit fetches one. */
async function ensureCsrf(event: RequestEvent): Promise<void> {
	if (!event.cookies.get('csrftoken')) await send(event, apiPath('/me'), 'GET');
}

async function ask(event: RequestEvent, path: string, method: string, body?: unknown): Promise<SignInAnswer> {
	await ensureCsrf(event);
	const response = await send(event, AUTH + path, method, body);
	const json = await response.json().catch(() => ({}));
	const flows: { id: string; is_pending?: boolean }[] = json.data?.flows ?? [];
	const pending = flows.filter((flow) => flow.is_pending).map((flow) => flow.id);
	return { status: response.status, errors: json.errors ?? [], pending };
}

export const signIn = (event: RequestEvent, email: string, password: string) =>
	ask(event, '/login', 'POST', { email, password });

export const requestCode = (event: RequestEvent, email: string) => ask(event, '/code/request', 'POST', { email });

export const confirmCode = (event: RequestEvent, code: string) => ask(event, '/code/confirm', 'POST', { code });

export const signOut = (event: RequestEvent) => ask(event, '/session', 'DELETE');

/** Only addresses of this site may follow a sign-in; anything else is the default. */
export function safeTarget(target: string | null, fallback: string): string {
	return target && /^\/(?![/\\])[^\s\\]*$/.test(target) ? target : fallback;
}
