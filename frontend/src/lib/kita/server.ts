/** What the Kita pages do with the API: read in the name of the person, and never lose what was typed. Server only. */
import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { ApiProblem, ApiUnavailable, createApi, toPageError, type ApiRequest } from '#lib/api/client';
import { to } from '#lib/i18n';
import { textsOf, type Entries, type Mistake } from './posted';
import { refusalWords } from './words';

export function createKitaApi(event: RequestEvent) {
	const api = createApi(event);
	const headers = { 'accept-language': event.locals.locale };
	const call = async <T>(path: string, request: ApiRequest = {}): Promise<T> =>
		(await api.call<T>(path, { ...request, headers })).data;
	return {
		get: <T>(path: string, query?: ApiRequest['query']) => call<T>(path, { query }),
		post: <T>(path: string, body: unknown = {}) => call<T>(path, { method: 'POST', body }),
		put: <T>(path: string, body: unknown) => call<T>(path, { method: 'PUT', body }),
		remove: (path: string) => call<null>(path, { method: 'DELETE' })
	};
}

export type KitaApi = ReturnType<typeof createKitaApi>;

/** A part of an API path that comes from the address of the page. */
export const part = (value: string): string => encodeURIComponent(value);

/** The sign-in leads back to where the person was. */
const toSignIn = ({ url }: RequestEvent): never =>
	redirect(303, `${to('/anmelden')}?weiter=${encodeURIComponent(url.pathname + url.search)}`);

/**
 * Reads for a page; nobody signed in leads to the sign-in, other failures to an error page.
 *
 * While a page is drawn again after its form could not be delivered, it must not need the API: then the answer is null,
 * and the layout shows what was typed instead of the page.
 */
export async function read<T>(event: RequestEvent, ask: (api: KitaApi) => Promise<T>): Promise<T> {
	try {
		return await ask(createKitaApi(event));
	} catch (problem) {
		const isSignedOut = problem instanceof ApiProblem && problem.status === 401;
		const isRedraw = event.request.method === 'POST';
		if (isRedraw && (isSignedOut || problem instanceof ApiUnavailable)) return null as T;
		return isSignedOut ? toSignIn(event) : toPageError(problem);
	}
}

/** Why a form was not delivered at all; empty when it was, and refused. */
export type Obstacle = '' | 'away' | 'signed_out';

export interface Refused {
	errors: Mistake[];
	/** Everything that was typed. */
	entries: Entries;
	hadFiles: boolean;
	obstacle: Obstacle;
	/** The number of recipients as it is now, when it has changed since the preview. */
	recipients?: number | null;
}

const GONE = new Set([404, 410]);

function mistakesOf({ status, problem }: ApiProblem): Mistake[] {
	if (!problem.errors?.length) {
		return [{ path: '', code: String(status), message: problem.detail || problem.title || refusalWords('') }];
	}
	return problem.errors.map(({ path, code, message }) => ({ path, code, message: refusalWords(code) || message }));
}

export type Refuse = (errors: Mistake[]) => ReturnType<typeof fail<Refused>>;

/** Runs an action. What the API refuses comes back with all that was typed, whatever the reason. */
export async function act<T>(event: RequestEvent, run: (entries: Entries, api: KitaApi, refuse: Refuse, form: FormData) => Promise<T>) {
	const form = await event.request.formData();
	const entries = textsOf(form);
	const hadFiles = [...form.values()].some((value) => value instanceof File && value.size > 0);
	const kept: Refused = { errors: [], entries, hadFiles, obstacle: '' };
	try {
		return await run(entries, createKitaApi(event), (errors) => fail(422, { ...kept, errors }), form);
	} catch (problem) {
		if (problem instanceof ApiUnavailable) {
			event.setHeaders({ 'retry-after': String(problem.retryAfter) });
			return fail(503, { ...kept, obstacle: 'away' as Obstacle });
		}
		if (!(problem instanceof ApiProblem)) throw problem;
		if (problem.status === 401) return fail(401, { ...kept, obstacle: 'signed_out' as Obstacle });
		if (GONE.has(problem.status)) return toPageError(problem);
		const recipients = (problem.problem as { recipients?: number | null }).recipients;
		return fail(problem.status, { ...kept, errors: mistakesOf(problem), recipients });
	}
}
