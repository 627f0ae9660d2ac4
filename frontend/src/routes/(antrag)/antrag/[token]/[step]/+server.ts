import { json } from '@sveltejs/kit';
import { ApiProblem, ApiUnavailable } from '#lib/api/client';
import { childrenOf } from '#lib/flow/nodes';
import { readPosted } from '#lib/flow/posted';
import { createFlowApi } from '#lib/flow/server';
import type { ChangedDraft, NodeView, StepView } from '#lib/flow/types';
import type { RequestHandler } from './$types';

const calculated = (nodes: NodeView[]): [string, string][] =>
	nodes.flatMap((node): [string, string][] =>
		node.type === 'calculated' ? [[node.path, node.text ?? '']] : calculated(childrenOf(node))
	);

/**
 * Autosave of the enhancer: stores what stands in the form, judges nothing, and tells which questions of the step
 * count now. `?werte` also gives the calculated values of the step as text, empty where there is none yet.
 */
export const PATCH: RequestHandler = async (event) => {
	const { token, step } = event.params;
	const api = createFlowApi(event);
	const headers = { 'cache-control': 'no-store' };
	try {
		const { answers, flow_hash } = readPosted(await event.request.formData());
		const draft = await api.patch<ChangedDraft>(`/drafts/${token}`, { answers, step, flow_hash });
		if (!event.url.searchParams.has('werte')) return json({ visible: draft.visible }, { headers });
		const view = await api.get<StepView>(`/drafts/${token}/steps/${step}`);
		return json({ visible: draft.visible, values: Object.fromEntries(calculated(view.nodes)) }, { headers });
	} catch (problem) {
		if (problem instanceof ApiProblem) return json({}, { status: problem.status, headers });
		if (problem instanceof ApiUnavailable) return json({}, { status: 503, headers });
		throw problem;
	}
};
