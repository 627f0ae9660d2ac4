/**
 * Drawing a signature, on steps that ask for one. Finger, pen or mouse leave a path in the hidden field; the name beside it
 * is enough without any of this.
 */
import { addPoint, begin, type Size } from './strokes.ts';

function prepare(box: HTMLElement): void {
	const area = box.querySelector('svg')!;
	const path = area.querySelector('path')!;
	const field = box.querySelector<HTMLInputElement>('input[type=hidden]')!;
	const clear = box.querySelector<HTMLElement>('[data-clear]')!;
	const size: Size = { ...sizeOf(area), longest: Number(box.dataset.longest) };
	let isDrawing = false;

	const show = () => {
		path.setAttribute('d', field.value);
		clear.hidden = !field.value;
	};
	/** Where the pen is, in the units of the area. */
	const at = (event: PointerEvent): [number, number] => {
		const box = area.getBoundingClientRect();
		return [((event.clientX - box.left) / box.width) * size.width, ((event.clientY - box.top) / box.height) * size.height];
	};
	const stop = () => {
		if (isDrawing) field.dispatchEvent(new Event('change', { bubbles: true })); // for the autosave
		isDrawing = false;
	};

	area.addEventListener('pointerdown', (event) => {
		if (event.button !== 0) return;
		isDrawing = true;
		area.setPointerCapture(event.pointerId);
		field.value = begin(field.value, at(event), size);
		show();
	});
	area.addEventListener('pointermove', (event) => {
		if (!isDrawing) return;
		field.value = addPoint(field.value, at(event), size);
		show();
	});
	for (const end of ['pointerup', 'pointercancel'] as const) area.addEventListener(end, stop);
	clear.addEventListener('click', () => {
		field.value = '';
		show();
		field.dispatchEvent(new Event('change', { bubbles: true }));
	});
	box.hidden = false;
	show();
}

const sizeOf = (area: SVGSVGElement) => ({ width: area.viewBox.baseVal.width, height: area.viewBox.baseVal.height });

document.querySelectorAll<HTMLElement>('[data-draw]').forEach(prepare);
