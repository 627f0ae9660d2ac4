/** Tells a clerk that a new case has come, without moving anything on the page. The list itself stays as it was read. */

const WAITS = [1000, 2000, 4000, 8000, 15_000, 30_000];
const hint = document.querySelector<HTMLElement>('[data-live]');
let failures = 0;

function tell(box: HTMLElement): void {
	if (box.childElementCount) return;
	const link = document.createElement('a');
	link.href = location.pathname.replace(/\/intern.*/, '/intern');
	link.textContent = box.dataset.link ?? '';
	box.replaceChildren(`${box.dataset.text ?? ''} `, link);
}

function listen(box: HTMLElement): void {
	const socket = new WebSocket(`${location.protocol.replace('http', 'ws')}//${location.host}/ws/cases`);
	socket.onopen = () => (failures = 0);
	socket.onmessage = () => tell(box);
	socket.onclose = (event) => {
		// 4401 and 4403: not signed in, no unit. Asking again would not change it.
		if (event.code >= 4400 && event.code < 4500) return;
		setTimeout(() => listen(box), WAITS[Math.min(failures++, WAITS.length - 1)]);
	};
}

if (hint) listen(hint);
