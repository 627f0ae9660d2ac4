/** What the application pages do with the API: forward, and turn refusals into something a page can show. Server only. */
import { fail, type RequestEvent } from '@sveltejs/kit';
import { ApiProblem, ApiUnavailable, createApi, type ApiRequest } from '#lib/api/client';
import { m } from '#lib/paraglide/messages';
import { textEntries, type Posted, type RawValue } from './posted';
import type { FieldError } from './types';

/** The API in the language of the page: labels, sentences and error messages come back as the person reads them. */
export function createFlowApi(event: RequestEvent) {
	const api = createApi(event);
	const locale = event.locals.locale;
	const call = <T>(path: string, request: ApiRequest = {}) =>
		api.call<T>(path, {
			...request,
			query: { locale, ...request.query },
			headers: { 'accept-language': locale, ...request.headers }
		});
	return {
		call,
		get: async <T>(path: string) => (await call<T>(path)).data,
		post: async <T>(path: string, body: unknown, headers?: Record<string, string>) =>
			(await call<T>(path, { method: 'POST', body, headers })).data,
		patch: async <T>(path: string, body: unknown) => (await call<T>(path, { method: 'PATCH', body })).data,
		remove: async (path: string) => void (await call<null>(path, { method: 'DELETE' }))
	};
}

export type FlowApi = ReturnType<typeof createFlowApi>;

export interface Refusal {
	errors: FieldError[];
	typed: Record<string, RawValue>;
}

export interface Interrupted {
	retry: [string, string][];
	hadFiles: boolean;
}

/** True while a page is drawn again after its form could not be delivered: it must not need the API. */
export const isRedraw = (event: Pick<RequestEvent, 'request'>): boolean => event.request.method === 'POST';

/** The errors of a refused request; one without fields becomes one error for the whole page. 404 and 5xx are not errors of input. */
export function errorsOf(problem: unknown): FieldError[] {
	if (!(problem instanceof ApiProblem) || [401, 403, 404, 410].includes(problem.status)) throw problem;
	const { errors, detail, title } = problem.problem;
	if (errors?.length) return errors;
	return [{ path: '', code: String(problem.status), message: detail || title || problem.message }];
}

/** The API's words about an address are a library's; ours say what to do. */
export const withMailAdvice = (errors: FieldError[]): FieldError[] =>
	errors.map((error) => (error.path === 'email' ? { ...error, message: m.apply_mail_wrong() } : error));

/** Sends chosen files one by one; what is refused comes back as an error of its question. */
export async function uploadFiles(api: FlowApi, token: string, files: Posted['files']): Promise<FieldError[]> {
	const errors: FieldError[] = [];
	for (const { path, file } of files) {
		const body = new FormData();
		body.set('file', file, file.name);
		try {
			await api.call(`/drafts/${token}/files`, { method: 'POST', query: { path }, body });
		} catch (problem) {
			errors.push(...errorsOf(problem).map((error) => ({ ...error, path, message: `${file.name}: ${error.message}` })));
		}
	}
	return errors;
}

/** Runs an action; when the API is away, everything typed comes back so that it can be sent again unchanged. */
export async function keepInput<T>(event: RequestEvent, act: (form: FormData, api: FlowApi) => Promise<T>) {
	const form = await event.request.formData();
	try {
		return await act(form, createFlowApi(event));
	} catch (problem) {
		if (!(problem instanceof ApiUnavailable)) throw problem;
		event.setHeaders({ 'retry-after': String(problem.retryAfter) });
		const hadFiles = [...form.values()].some((value) => value instanceof File && value.size > 0);
		return fail(503, { retry: textEntries(form), hadFiles } satisfies Interrupted);
	}
}
