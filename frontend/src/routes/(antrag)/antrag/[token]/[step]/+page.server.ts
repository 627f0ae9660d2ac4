import { fail, redirect } from '@sveltejs/kit';
import { ApiProblem, ApiUnavailable, toPageError } from '#lib/api/client';
import { FROM_REVIEW, stepAfter, stepBefore, stepHref } from '#lib/flow/links';
import { readPosted, type Posted } from '#lib/flow/posted';
import { createFlowApi, errorsOf, isRedraw, keepInput, uploadFiles, type FlowApi, type Refusal } from '#lib/flow/server';
import type { ChangedDraft, Draft, FieldError, StepView } from '#lib/flow/types';
import type { Actions, PageServerLoad, PageServerLoadEvent } from './$types';

const isFromReview = (url: URL): boolean => url.search.includes(FROM_REVIEW);

/** A step that is not part of this application (any more) leads to the one that is open; a dead link stays 404. */
async function leaveUnknownStep(event: PageServerLoadEvent, api: FlowApi): Promise<never> {
	const draft = await api.get<Draft>(`/drafts/${event.params.token}`).catch(toPageError);
	redirect(303, stepHref(event.params.token, draft.next_step ?? 'pruefen'));
}

export const load: PageServerLoad = async (event) => {
	const { token, step } = event.params;
	const api = createFlowApi(event);
	try {
		// After a refusal the view also says which part of a date or an address is wrong.
		const query = isRedraw(event) ? { validate: 1 } : {};
		const { data: view } = await api.call<StepView>(`/drafts/${token}/steps/${step}`, { query });
		if (view.migration?.must) redirect(303, stepHref(token, 'neue-fassung'));
		return { token, view, isFromReview: isFromReview(event.url) };
	} catch (problem) {
		if (problem instanceof ApiUnavailable && isRedraw(event)) return { token, view: null, isFromReview: false };
		if (problem instanceof ApiProblem && problem.status === 404) return leaveUnknownStep(event, api);
		return toPageError(problem);
	}
};

/** Stores what was typed; only "next" asks the server to judge it. Returns the draft or what is wrong. */
async function saveAnswers(api: FlowApi, token: string, step: string, posted: Posted): Promise<ChangedDraft | FieldError[]> {
	const { command, answers, flow_hash } = posted;
	const rows = { add: command.name === 'add' ? [command.path] : [], remove: command.name === 'remove' ? [command.path] : [] };
	const body = { answers, step, flow_hash, validate: command.name === 'next', rows };
	return api.patch<ChangedDraft>(`/drafts/${token}`, body).catch(errorsOf);
}

/** A file question may depend on an answer that came along with the file: the answers go first. */
async function sendFiles(api: FlowApi, token: string, step: string, { answers, files, flow_hash }: Posted): Promise<FieldError[]> {
	if (!files.length) return [];
	await api.patch(`/drafts/${token}`, { answers, step, flow_hash });
	return uploadFiles(api, token, files);
}

/** Part of the page a person should find again after a reload: the new row, the group, the file question. */
function placeAfter({ command }: Posted, before: StepView | null, after: StepView): string {
	if (command.name !== 'add') return command.name === 'remove' ? command.path.replace(/\.[^.]*$/, '') : command.path;
	const rows = (view: StepView | null) => JSON.stringify(view?.nodes ?? []).match(/"id":"[^"]+"/g) ?? [];
	const known = new Set(rows(before));
	const fresh = rows(after).find((row) => !known.has(row));
	return fresh ? `${command.path}.${fresh.slice(6, -1)}` : command.path;
}

export const actions: Actions = {
	default: (event) =>
		keepInput(event, async (form, api) => {
			const { token, step } = event.params;
			const posted = readPosted(form);
			const { command } = posted;
			const address = `/drafts/${token}/steps/${step}`;
			try {
				const before = command.name === 'add' ? await api.get<StepView>(address) : null;
				if (command.name === 'drop') await api.remove(`/drafts/${token}/files/${command.id}`);
				const fileErrors = await sendFiles(api, token, step, posted);
				const saved = await saveAnswers(api, token, step, posted);
				const refused = new Set(fileErrors.map(({ path }) => path));
				// A refused file is not also a missing one.
				const errors = [...fileErrors, ...(Array.isArray(saved) ? saved.filter(({ path }) => !refused.has(path)) : [])];
				if (errors.length || Array.isArray(saved)) {
					return fail(422, { errors, typed: posted.answers } satisfies Refusal);
				}
				const query = isFromReview(event.url) ? FROM_REVIEW : '';
				if (command.name === 'later') redirect(303, stepHref(token, 'speichern'));
				if (command.name === 'back') redirect(303, stepHref(token, stepBefore(saved.steps, step)));
				if (command.name === 'next') {
					const target = stepAfter(saved.steps, step, saved.next_step, isFromReview(event.url));
					redirect(303, stepHref(token, target, target === 'pruefen' ? '' : query));
				}
				const after = await api.get<StepView>(address);
				redirect(303, `${stepHref(token, step, query)}#${placeAfter(posted, before, after)}`);
			} catch (problem) {
				if (problem instanceof ApiProblem) toPageError(problem);
				throw problem;
			}
		})
};
