/**
 * Takes a request's body in before a service behind is bothered with it: whoever sends slowly holds a socket here, not
 * one of the few threads there. Small bodies wait in memory, uploads in a file without a name.
 */
import { Readable } from 'node:stream';
import { IN_MEMORY_BYTES, NoRoom, openNameless } from './spool.js';

/** The sender paused for longer than a person with a bad connection would: 408. */
export class TooSlow extends Error {}

/** The sender went away; there is nobody to answer. */
export class Gone extends Error {}

/**
 * @param {import('node:http').IncomingMessage} request with a length; bodies without one are refused before
 * @param {{ idleMs: number, spool: import('./spool.js').Spool }} options longest pause between two pieces; the uploads' room
 * @returns {Promise<Readable | undefined>} the whole body, ready to be read; nothing when there is none
 * @throws {TooSlow | NoRoom | Gone}
 */
export async function takeBody(request, { idleMs, spool }) {
	const length = Number(request.headers['content-length'] ?? 0);
	if (!length) return undefined;
	return length <= IN_MEMORY_BYTES ? inMemory(request, idleMs) : inFile(request, idleMs, spool);
}

async function inMemory(request, idleMs) {
	const chunks = [];
	await receive(request, idleMs, (chunk) => void chunks.push(chunk));
	return Readable.from(chunks, { objectMode: false });
}

async function inFile(request, idleMs, spool) {
	const leave = spool.enter(request.headers['x-forwarded-for']);
	let file;
	try {
		file = await openNameless();
		await receive(request, idleMs, async (chunk) => void (await file.writeFile(chunk)));
		return file.createReadStream({ start: 0 }).once('close', leave);
	} catch (problem) {
		leave();
		await file?.close();
		throw problem.code ? new NoRoom(problem.code) : problem;
	}
}

/** Feed `keep` piece by piece; the next piece is asked for when it is done. */
function receive(request, idleMs, keep) {
	return new Promise((resolve, reject) => {
		let pending = Promise.resolve();
		const timer = setTimeout(() => settle(reject, new TooSlow()), idleMs);
		const settle = (how, value) => {
			clearTimeout(timer);
			request.off('data', onData).off('end', onEnd).off('close', onClose);
			request.pause();
			how(value);
		};
		const onData = (chunk) => {
			timer.refresh();
			request.pause();
			pending = Promise.resolve(keep(chunk)).then(
				() => request.resume(),
				(problem) => settle(reject, problem)
			);
		};
		const onEnd = () => {
			request.off('close', onClose);
			pending.then(() => settle(resolve));
		};
		const onClose = () => settle(reject, new Gone());
		request.on('data', onData).on('end', onEnd).on('close', onClose).on('error', onClose);
	});
}
