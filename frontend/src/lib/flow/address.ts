/**
 * Suggestions for the street, on steps with an address that wants them. A plain list of the browser (datalist), so that
 * keyboards and readers treat it as they are used to; one that is chosen also fills in postcode and town. Everything can be
 * typed without it, and when nobody answers, nothing happens.
 */
import { fill, labelOf, type Street } from './streets.ts';

const ADDRESS = '/api/v1/addresses/suggest';
const FEWEST_LETTERS = 2;
const ASK_AFTER = 150;
const PATIENCE = 3000;

async function ask(street: string, signal: AbortSignal): Promise<Street[]> {
	const headers = { 'content-type': 'application/json' };
	const reply = await fetch(ADDRESS, { method: 'POST', headers, body: JSON.stringify({ street }), signal });
	return reply.ok ? (await reply.json()).streets : [];
}

function prepare(box: HTMLElement, number: number): void {
	const input = (part: string) => box.querySelector<HTMLInputElement>(`[name$=":${part}"]`);
	const street = input('street');
	if (!street) return;
	const status = box.parentElement?.querySelector('[role=status]');
	const list = document.createElement('datalist');
	list.id = `streets-${number}`;
	box.append(list);
	street.setAttribute('list', list.id);
	let streets: Street[] = [];
	let timer = 0;
	let request: AbortController | undefined;

	async function suggest(): Promise<void> {
		request?.abort();
		const mine = (request = new AbortController());
		const late = setTimeout(() => mine.abort(), PATIENCE);
		try {
			streets = await ask(street!.value, mine.signal);
		} catch {
			return; // away, or overtaken by the next letter: what stands in the list still helps
		} finally {
			clearTimeout(late);
		}
		list.replaceChildren(...streets.map((one) => Object.assign(document.createElement('option'), { value: labelOf(one) })));
	}

	street.addEventListener('input', () => {
		clearTimeout(timer);
		const chosen = streets.find((one) => labelOf(one) === street.value);
		if (chosen) {
			fill(chosen, { street, postcode: input('postcode'), place: input('place') });
			if (status) status.textContent = (box.dataset.lookup ?? '').replace('%', `${chosen.postcode} ${chosen.place}`);
			(input('house_number') ?? street).focus();
		} else if (street.value.trim().length >= FEWEST_LETTERS) timer = window.setTimeout(suggest, ASK_AFTER);
	});
}

document.querySelectorAll<HTMLElement>('[data-lookup]').forEach(prepare);
