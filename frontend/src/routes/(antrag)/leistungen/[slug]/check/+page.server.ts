import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { to } from '#lib/i18n';
import { ApiUnavailable, content, page, toPageError } from '#lib/api/client';
import type { Service } from '#lib/api/types';
import { stepHref } from '#lib/flow/links';
import { hiddenFields, readPosted, type Posted } from '#lib/flow/posted';
import { createFlowApi, errorsOf, isRedraw, keepInput, type FlowApi } from '#lib/flow/server';
import type { Check, Draft } from '#lib/flow/types';
import type { Actions, PageServerLoad } from './$types';

const formKeyOf = (service: Service): string | undefined =>
	service.channels.find((channel) => channel.kind === 'online_form' && channel.form_key)?.form_key ?? undefined;

async function findForm(event: RequestEvent): Promise<{ service: Service; key: string }> {
	const slug = encodeURIComponent(event.params.slug ?? '');
	const service = await page<Service>(`/${event.locals.locale}/services/${slug}`);
	const key = formKeyOf(service);
	if (!key) error(404, { message: 'no online form' });
	return { service, key };
}

const check = (api: FlowApi, key: string, locale: string, answers: Posted['answers']) =>
	api.post<Check>(`/flows/${encodeURIComponent(key)}/check`, { locale, answers });

/** What the page shows of the service: who it is, what it costs, what to bring. */
const about = (service: Service) => ({
	slug: service.slug,
	title: service.title,
	fees: service.fees,
	documents: service.documents
});

export const load: PageServerLoad = async (event) => {
	try {
		const { service, key } = await findForm(event);
		return { service: about(service), check: await check(createFlowApi(event), key, event.locals.locale, {}) };
	} catch (problem) {
		if (problem instanceof ApiUnavailable && isRedraw(event)) return { service: null, check: null };
		return toPageError(problem);
	}
};

export const actions: Actions = {
	check: (event) =>
		keepInput(event, async (form, api) => {
			const { answers } = readPosted(form);
			const service = await content<Service>(`/${event.locals.locale}/services/${encodeURIComponent(event.params.slug)}`);
			try {
				const result = await check(api, formKeyOf(service) ?? '', event.locals.locale, answers);
				return { result, typed: answers, carried: hiddenFields(answers) };
			} catch (problem) {
				return fail(422, { errors: errorsOf(problem), typed: answers });
			}
		}),

	start: (event) =>
		keepInput(event, async (form, api) => {
			const { answers } = readPosted(form);
			const { key } = await findForm(event);
			const created = await api
				.post<Draft & { token: string }>('/drafts', { flow: key, locale: event.locals.locale, answers })
				.catch(toPageError);
			if (!created.token) redirect(303, event.url.pathname); // a rush: the gateway shows the place in the line
			const first = created.steps[0]?.id;
			redirect(303, first ? stepHref(created.token, first) : to(`/antrag/${created.token}`));
		})
};
