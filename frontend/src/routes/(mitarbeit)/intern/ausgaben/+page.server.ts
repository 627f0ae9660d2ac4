import { fail, redirect } from '@sveltejs/kit';
import { to } from '#lib/i18n';
import { ApiProblem, toPageError } from '#lib/api/client';
import { m } from '#lib/paraglide/messages';
import { createFlowApi, errorsOf, keepInput } from '#lib/flow/server';
import type { CaseExports } from '#lib/staff/types';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const answer = await createFlowApi(event).get<CaseExports>('/case-exports').catch(toPageError);
	const done = event.url.searchParams;
	return { ...answer, isAsked: done.has('angefragt'), isDecided: done.has('entschieden') };
};

/** What the boxes of a date hold, and the ISO date they make; '' when they make none. */
function readDate(form: FormData, name: string) {
	const part = (key: string) => String(form.get(`${name}:${key}`) ?? '').trim();
	const [day, month, year] = [part('day'), part('month'), part('year')];
	const iso = `${year.padStart(4, '0')}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
	const read = /^\d{4}-\d{2}-\d{2}$/.test(iso) ? new Date(`${iso}T00:00:00Z`) : null;
	const isReal = read !== null && !Number.isNaN(read.getTime()) && read.toISOString().startsWith(iso);
	return { parts: { day, month, year }, iso: isReal ? iso : '' };
}

function readRequest(form: FormData) {
	const [unit = '', key = ''] = String(form.get('form') ?? '').split('/');
	const [from, until] = [readDate(form, 'received_from'), readDate(form, 'received_until')];
	const reason = String(form.get('reason') ?? '').trim();
	const errors = [
		...(key ? [] : [{ path: 'form', message: m.staff_export_form_missing() }]),
		...(from.iso ? [] : [{ path: 'received_from', message: m.staff_export_date_wrong() }]),
		...(until.iso ? [] : [{ path: 'received_until', message: m.staff_export_date_wrong() }]),
		...(reason ? [] : [{ path: 'reason', message: m.staff_export_reason_missing() }])
	];
	const typed = { form: String(form.get('form') ?? ''), from: from.parts, until: until.parts, reason };
	return { errors, typed, body: { unit, form: key, received_from: from.iso, received_until: until.iso, reason } };
}

export const actions: Actions = {
	anfragen: (event) =>
		keepInput(event, async (form, api) => {
			const { errors, typed, body } = readRequest(form);
			if (errors.length) return fail(422, { errors, typed });
			try {
				await api.post('/case-exports', body);
			} catch (problem) {
				return fail(422, { errors: errorsOf(problem), typed });
			}
			redirect(303, `${to('/intern/ausgaben')}?angefragt`);
		}),
	entscheiden: (event) =>
		keepInput(event, async (form, api) => {
			const id = encodeURIComponent(String(form.get('id') ?? ''));
			try {
				await api.post(`/case-exports/${id}/decision`, { approve: form.get('decision') === 'approve' });
			} catch (problem) {
				if (problem instanceof ApiProblem && [401, 403, 404].includes(problem.status)) toPageError(problem);
				return fail(422, { errors: errorsOf(problem) });
			}
			redirect(303, `${to('/intern/ausgaben')}?entschieden`);
		})
};
