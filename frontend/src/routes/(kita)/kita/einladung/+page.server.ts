import { ApiProblem } from '#lib/api/client';
import { m } from '#lib/paraglide/messages';
import { invitationCode, lastOf } from '#lib/kita/posted';
import { act } from '#lib/kita/server';
import type { Actions, PageServerLoad } from './$types';

/** A code from a picture fills in the field; joining takes a press of the button. */
export const load: PageServerLoad = ({ url }) => ({ code: invitationCode(url.searchParams.get('code') ?? '').slice(0, 40) });

export const actions: Actions = {
	default: (event) =>
		act(event, async (entries, api, refuse) => {
			const code = invitationCode(lastOf(entries, 'code'));
			if (!code) return refuse([{ path: 'code', code: 'required', message: m.kita_code_missing() }]);
			try {
				const { child } = await api.post<{ child: { name: string } }>('/invitations/accept', { code });
				return { joined: child.name };
			} catch (problem) {
				if (!(problem instanceof ApiProblem) || problem.status !== 404) throw problem;
				const errors = [{ path: 'code', code: 'unknown_or_used', message: m.kita_code_unknown() }];
				return refuse(errors);
			}
		})
};
