/**
 * The only way from the renderer to Django. Runs on the server; browsers never see the internal address.
 *
 * `createApi(event)` speaks for the person who asks: it passes on their cookie, CSRF token and address, and nothing else.
 * `content` answers come from a small cache that is revalidated by ETag on each request, so an unpublished page is gone at
 * once; when Django is away the last known content of the last day is shown instead of an error. Answers to what a person
 * typed go through `passing`.
 */
import { error, type RequestEvent } from '@sveltejs/kit';
import { ContentCache } from './cache';
import type { ProblemDetails } from './types';

const TIMEOUT_MS = 10_000;

export const djangoOrigin = (): string => process.env.DJANGO_ORIGIN ?? 'http://127.0.0.1:8001';

/** The API answered with a problem (4xx). */
export class ApiProblem extends Error {
	constructor(
		readonly status: number,
		readonly problem: ProblemDetails
	) {
		super(problem.title ?? `HTTP ${status}`);
		this.name = 'ApiProblem';
	}
}

/** The API could not be reached or failed (network, time-out, 5xx). */
export class ApiUnavailable extends Error {
	constructor(
		readonly status: number,
		readonly retryAfter = 30
	) {
		super(`content service unavailable (${status})`);
		this.name = 'ApiUnavailable';
	}
}

export interface ApiRequest {
	method?: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
	query?: Record<string, string | number | boolean | null | undefined>;
	/** Sent as JSON, unless it is `FormData`. */
	body?: unknown;
	headers?: Record<string, string>;
	/** Ignore the language cookie etc. and do not send the person's cookies. */
	anonymous?: boolean;
}

export interface ApiAnswer<T> {
	status: number;
	data: T;
	headers: Headers;
}

type Asker = Pick<RequestEvent, 'request' | 'getClientAddress' | 'url'> & { fetch?: typeof fetch };

/** Parts of a path come from the address of a page (`%2e%2e%2f…`): none may leave its place and name another address. */
function refuseDetour(path: string): void {
	const isDetour = /[?#\\\s]/.test(path) || path.split('/').some((part) => /^(?:\.|%2e){1,2}$/i.test(part));
	if (isDetour) throw new ApiProblem(404, { status: 404, title: 'Not Found' });
}

/**
 * Path below `/api/v1` plus query, `null` and `undefined` left out.
 * @throws ApiProblem 404 for a path that would lead elsewhere.
 */
export function apiPath(path: string, query: ApiRequest['query'] = {}): string {
	refuseDetour(path);
	const params = new URLSearchParams();
	for (const [name, value] of Object.entries(query)) {
		if (value !== undefined && value !== null && value !== '') params.set(name, String(value));
	}
	const text = params.toString();
	return `/api/v1${path}${text ? `?${text}` : ''}`;
}

/** What Django may know about the person: session, CSRF token, language, address. */
export function forwardedHeaders(event: Asker): Record<string, string> {
	const headers: Record<string, string> = {
		'x-forwarded-host': event.url.host,
		'x-forwarded-proto': event.url.protocol.replace(':', '')
	};
	const cookie = event.request.headers.get('cookie');
	if (cookie) {
		headers.cookie = cookie;
		const csrf = /(?:^|;\s*)csrftoken=([^;]+)/.exec(cookie)?.[1];
		if (csrf) {
			headers['x-csrftoken'] = csrf;
			headers.referer = `${event.url.origin}/`;
			headers.origin = event.url.origin;
		}
	}
	try {
		headers['x-forwarded-for'] = event.getClientAddress();
	} catch {
		// Rendering without a connection (tests): there is no address to pass on.
	}
	return headers;
}

async function problemOf(response: Response): Promise<ProblemDetails> {
	const fallback = { status: response.status, title: response.statusText };
	if (!/json/.test(response.headers.get('content-type') ?? '')) return fallback;
	return { ...fallback, ...(await response.json().catch(() => ({}))) };
}

async function bodyOf(response: Response): Promise<unknown> {
	if (response.status === 204) return null;
	return /json/.test(response.headers.get('content-type') ?? '') ? response.json() : response.arrayBuffer();
}

async function send(path: string, init: RequestInit): Promise<Response> {
	let response: Response;
	try {
		response = await fetch(djangoOrigin() + path, {
			redirect: 'manual',
			signal: AbortSignal.timeout(TIMEOUT_MS),
			...init
		});
	} catch {
		throw new ApiUnavailable(503);
	}
	if (response.status >= 500) throw new ApiUnavailable(response.status, Number(response.headers.get('retry-after')) || 30);
	return response;
}

/** Calls in the name of the person who asks: drafts, submissions, staff. Never cached. */
export function createApi(event: Asker) {
	async function call<T>(path: string, request: ApiRequest = {}): Promise<ApiAnswer<T>> {
		const { method = 'GET', query, body, headers = {}, anonymous = false } = request;
		const isForm = body instanceof FormData;
		const response = await send(apiPath(path, query), {
			method,
			headers: {
				accept: 'application/json',
				...(anonymous ? {} : forwardedHeaders(event)),
				...(body !== undefined && !isForm ? { 'content-type': 'application/json' } : {}),
				...headers
			},
			body: body === undefined ? undefined : isForm ? (body as FormData) : JSON.stringify(body)
		});
		if (!response.ok) throw new ApiProblem(response.status, await problemOf(response));
		return { status: response.status, data: (await bodyOf(response)) as T, headers: response.headers };
	}
	return {
		call,
		get: async <T>(path: string, query?: ApiRequest['query']) => (await call<T>(path, { query })).data,
		post: async <T>(path: string, body: unknown, headers?: Record<string, string>) =>
			(await call<T>(path, { method: 'POST', body, headers })).data,
		patch: async <T>(path: string, body: unknown) => (await call<T>(path, { method: 'PATCH', body })).data,
		remove: async (path: string) => void (await call<null>(path, { method: 'DELETE' }))
	};
}

export type Api = ReturnType<typeof createApi>;

const cache = new ContentCache({ entries: 400, size: 16_000_000, age: 24 * 60 * 60 * 1000 });

/** Empties the content cache (tests). */
export const forgetContent = (): void => cache.clear();

async function ask(path: string, etag?: string): Promise<Response> {
	return send(path, { headers: { accept: 'application/json', ...(etag ? { 'if-none-match': etag } : {}) } });
}

/**
 * Published content, the same for everybody: no cookie is sent.
 * @throws ApiProblem 404 when there is no such document; ApiUnavailable when Django is away and nothing is known.
 */
export async function content<T>(path: string, query?: ApiRequest['query']): Promise<T> {
	const full = apiPath(path, query);
	const known = cache.find(full);
	let response: Response;
	try {
		response = await ask(full, known?.etag);
	} catch (problem) {
		if (known) return known.data as T;
		throw problem;
	}
	if (response.status === 304 && known) {
		cache.confirm(full);
		return known.data as T;
	}
	if (!response.ok) {
		cache.forget(full);
		throw new ApiProblem(response.status, await problemOf(response));
	}
	const json = await response.text();
	const data = JSON.parse(json);
	const etag = response.headers.get('etag');
	if (etag) cache.keep(full, etag, json, data);
	return data as T;
}

/** The answer to what somebody typed (a search) is asked for each time and kept nowhere. Throws as `content` does. */
export async function passing<T>(path: string, query?: ApiRequest['query']): Promise<T> {
	const response = await ask(apiPath(path, query));
	if (!response.ok) throw new ApiProblem(response.status, await problemOf(response));
	return response.json();
}

/** Turns an API failure into the page a person should see: 404 stays 404, an absent service is 503. */
export function toPageError(problem: unknown): never {
	if (problem instanceof ApiProblem) error(problem.status, { message: problem.message });
	if (problem instanceof ApiUnavailable) error(503, { message: 'unavailable', retryAfter: problem.retryAfter });
	throw problem;
}

/** `content`, with failures already turned into error pages. */
export const page = <T>(path: string, query?: ApiRequest['query']): Promise<T> => content<T>(path, query).catch(toPageError);
