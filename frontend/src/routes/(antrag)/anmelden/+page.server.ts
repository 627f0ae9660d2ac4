import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { to } from '#lib/i18n';
import { ApiUnavailable, createApi } from '#lib/api/client';
import { confirmCode, requestCode, safeTarget, signIn, signOut, type SignInAnswer } from '#lib/staff/session';
import type { Me } from '#lib/staff/types';
import type { Actions, PageServerLoad } from './$types';

const text = (form: FormData, name: string): string => String(form.get(name) ?? '').trim();
const target = (event: RequestEvent): string | null => event.url.searchParams.get('weiter');

/** Clerks start with their inbox, everybody else with their own applications. */
async function goOn(event: RequestEvent): Promise<never> {
	redirect(303, safeTarget(target(event), to('/konto')));
}

export const load: PageServerLoad = async (event) => {
	const me = await createApi(event)
		.get<Me>('/me')
		.catch(() => null);
	if (me?.authenticated && event.request.method === 'GET') {
		redirect(303, safeTarget(target(event), to(me.roles.includes('clerk') ? '/intern' : '/konto')));
	}
	return { isStaff: target(event)?.includes('/intern') ?? false };
};

type Stage = 'password' | 'code';

/** Mistakes for which the page has its own, kinder words. */
const SAID_BY_US = new Set(['email_password_mismatch', 'incorrect_code', 'required']);

function refused(answer: SignInAnswer, stage: Stage, email: string) {
	const isTooOften = answer.status === 429;
	return fail(isTooOften ? 429 : 422, { stage, email, messages: answer.errors.map(({ code, message }) => SAID_BY_US.has(code) ? '' : message), isTooOften });
}

/** The sign-in service away is said on the page; the address typed stays. */
async function orAway<T>(stage: Stage, email: string, act: () => Promise<T>) {
	try {
		return await act();
	} catch (problem) {
		if (!(problem instanceof ApiUnavailable)) throw problem;
		return fail(503, { stage, email, messages: [], isAway: true });
	}
}

export const actions: Actions = {
	passwort: async (event) => {
		const form = await event.request.formData();
		const email = text(form, 'email');
		return orAway('password', email, async () => {
			const answer = await signIn(event, email, String(form.get('password') ?? ''));
			// 409: somebody is signed in already in this browser.
			if (answer.status === 200 || answer.status === 409) return goOn(event);
			return refused(answer, 'password', email);
		});
	},

	code: async (event) => {
		const email = text(await event.request.formData(), 'email');
		return orAway('password', email, async () => {
			const answer = await requestCode(event, email);
			if (answer.status === 409) return goOn(event);
			// 401 is the expected answer: the code is on its way (or, for an unknown address, a mail that says so).
			if (answer.status !== 401 && answer.status !== 200) return refused(answer, 'password', email);
			return { stage: 'code' as const, email, messages: [] as string[] };
		});
	},

	bestaetigen: async (event) => {
		const form = await event.request.formData();
		const email = text(form, 'email');
		return orAway('code', email, async () => {
			const answer = await confirmCode(event, text(form, 'code').replace(/\s/g, ''));
			if (answer.status === 200) return goOn(event);
			return refused(answer, answer.status === 409 ? 'password' : 'code', email);
		});
	},

	abmelden: async (event) => {
		await orAway('password', '', () => signOut(event));
		redirect(303, to('/anmelden?abgemeldet'));
	}
};
