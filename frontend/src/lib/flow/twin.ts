/**
 * The second script of a step, only where its questions depend on each other: shows at once, without the server, what an
 * answer changes on the page. The server's answer to the saved form comes after and has the last word (enhance.ts).
 */
import { display } from './logic/display.ts';
import { readForm } from './logic/inputs.ts';
import { Page, type Judgement } from './logic/page.ts';

const form = document.querySelector<HTMLFormElement>('form[data-logic]');
const isEnglish = document.documentElement.lang.startsWith('en');

const nodeAt = (path: string): HTMLElement | null => document.querySelector(`[data-path="${CSS.escape(path)}"]`);

function show(path: string, judgement: Judgement): void {
	const node = nodeAt(path);
	if (!node) return;
	if (node.dataset.depends && judgement.isShown !== undefined) node.hidden = !judgement.isShown;
	const optional = node.querySelector<HTMLElement>('.kern-label__optional');
	if (optional?.closest('[data-path]') === node && judgement.isRequired !== undefined) optional.hidden = judgement.isRequired;
	const output = node.querySelector<HTMLElement>('[data-value]');
	const text = judgement.result && output?.closest('[data-path]') === node ? display(judgement, isEnglish) : undefined;
	if (output && text !== undefined) {
		output.textContent = text || (output.dataset.waiting ?? '');
		output.classList.toggle('waiting', !text);
	}
}

if (form) {
	const page = new Page(JSON.parse(form.dataset.logic!));
	const judge = () => page.judge(readForm(new FormData(form))).forEach((judgement, path) => show(path, judgement));
	for (const happening of ['input', 'change']) form.addEventListener(happening, judge);
}
