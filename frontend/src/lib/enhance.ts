/**
 * The one script of the form pages. Everything works without it; with it, forms are livelier:
 * focus on errors, saving while typing, questions that appear at once, no double submit, patient retries.
 */

const SAVE_AFTER = 800;
const UNLOCK_AFTER = 15_000;
const WAITS = [1000, 2000, 4000, 8000];
const KEEPALIVE_LIMIT = 60_000;

const find = <T extends HTMLElement>(selector: string) => document.querySelector<T>(selector);
const all = <T extends HTMLElement>(selector: string) => document.querySelectorAll<T>(selector);

/** Errors and results take the focus, so that readers start there. */
function focusResult(): void {
	(find('#error-summary') ?? find('[data-focus]'))?.focus();
}

/** A form travels once: until the next page is here, or it is clear that none will come. */
function lockDoubleSubmit(): void {
	const unlock = () => all<HTMLFormElement>('form[data-sent]').forEach((form) => delete form.dataset.sent);
	addEventListener('submit', (event) => {
		const form = event.target as HTMLFormElement;
		if (form.method !== 'post') return;
		if (form.dataset.sent) return event.preventDefault();
		form.dataset.sent = '1';
		setTimeout(unlock, UNLOCK_AFTER);
	});
	addEventListener('pageshow', unlock);
}

/** Questions that depend on this page: shown when the server says that they count. */
function showOnly(visible: string[]): void {
	all('[data-depends]').forEach((node) => (node.hidden = !visible.includes(node.dataset.path ?? '')));
}

/** Calculated values; one that cannot be worked out (any more) says what it waits for. */
function showValues(values: Record<string, string>): void {
	for (const output of all('[data-value]')) {
		const value = values[output.dataset.value ?? ''];
		output.textContent = value || (output.dataset.waiting ?? '');
		output.classList.toggle('waiting', !value);
	}
}

function hideAtFirst(): void {
	all('[data-condition]').forEach((sentence) => (sentence.hidden = true));
	all('[data-depends=hidden]').forEach((node) => (node.hidden = true));
}

/** What stands in the form, without files: those travel with a button only. */
function typed(form: HTMLFormElement): URLSearchParams {
	const pairs = [...new FormData(form)].filter(([, value]) => typeof value === 'string');
	return new URLSearchParams(pairs as [string, string][]);
}

function autosave(form: HTMLFormElement): void {
	const status = find('[data-autosave]');
	const address = location.pathname + (find('[data-value]') ? '?werte' : '');
	let timer = 0;
	let failures = 0;
	let isDirty = false;
	let request: AbortController | null = null;

	const say = (kind: 'saving' | 'saved' | 'failed') => status && (status.textContent = status.dataset[kind] ?? '');

	const later = (wait: number) => {
		clearTimeout(timer);
		timer = window.setTimeout(save, wait);
	};

	async function save(): Promise<void> {
		if (!isDirty || request || form.dataset.sent) return;
		isDirty = false;
		request = new AbortController();
		const body = typed(form);
		try {
			const keepalive = String(body).length < KEEPALIVE_LIMIT;
			const reply = await fetch(address, { method: 'PATCH', body, keepalive, signal: request.signal });
			if (!reply.ok) throw new Error(String(reply.status));
			const { visible, values } = await reply.json();
			// Something newer stands in the form already: its own answer is on the way.
			if (visible && !isDirty) showOnly(visible);
			if (values && !isDirty) showValues(values);
			failures = 0;
			if (!isDirty) say('saved');
		} catch {
			if (form.dataset.sent) return;
			isDirty = true;
			say('failed');
		} finally {
			request = null;
			if (isDirty) later(WAITS[Math.min(failures++, WAITS.length - 1)] ?? SAVE_AFTER);
		}
	}

	const touch = (wait: number) => {
		isDirty = true;
		say('saving');
		later(wait);
	};
	form.addEventListener('input', () => touch(SAVE_AFTER));
	form.addEventListener('change', (event) => {
		if ((event.target as HTMLInputElement).type !== 'file') touch(0);
	});
	// The form itself carries everything; an older copy must not arrive after it.
	form.addEventListener('submit', () => {
		clearTimeout(timer);
		request?.abort();
	});
	addEventListener('visibilitychange', () => document.hidden && save());
}

/** The service was away: send the kept form again, each time a little later, then leave it to the person. */
function retry(form: HTMLFormElement): void {
	const wait = WAITS[Number(form.dataset.retry)];
	find('#retry')?.focus();
	if (wait === undefined) return;
	const hint = find('[data-retry-hint]');
	if (hint) hint.hidden = false;
	setTimeout(() => form.requestSubmit(), wait);
}

function offerCopy(button: HTMLElement): void {
	const source = document.getElementById(button.dataset.copy ?? '') as HTMLInputElement | null;
	if (!source || !navigator.clipboard) return;
	button.hidden = false;
	button.addEventListener('click', async () => {
		await navigator.clipboard.writeText(source.value);
		(button.firstElementChild ?? button).textContent = button.dataset.done ?? '';
	});
}

hideAtFirst();
focusResult();
lockDoubleSubmit();
const step = find<HTMLFormElement>('form[data-step]');
if (step) autosave(step);
all<HTMLFormElement>('form[data-retry]').forEach(retry);
all('[data-copy]').forEach(offerCopy);
