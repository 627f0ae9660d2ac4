/**
 * Takes a large answer in as fast as the service gives it and hands it on as slowly as its reader likes: whoever reads
 * slowly holds a file here, not one of the few threads there.
 */
import { pipeline } from 'node:stream/promises';
import { IN_MEMORY_BYTES, openNameless } from './spool.js';

const LONGEST_MS = 600_000; // 20 MB at 270 kbit/s

/** Smaller ones fit into the buffers of the connection; those without a length are made while they are sent. */
export function isLarge(request, answer) {
	return request.method !== 'HEAD' && Number(answer.headers['content-length'] ?? 0) > IN_MEMORY_BYTES;
}

/**
 * @param {import('node:http').IncomingMessage} answer of the service
 * @param {import('node:http').ServerResponse} response with its headers set
 * @param {() => void} leave gives the place in the spool back
 */
export async function sendAtReadersPace(answer, response, leave) {
	const tooLong = setTimeout(() => response.destroy(), LONGEST_MS).unref();
	let file;
	try {
		file = await openNameless();
		await pipeline(answer, file.createWriteStream({ autoClose: false }));
		await pipeline(file.createReadStream({ start: 0, autoClose: false }), response);
	} catch {
		response.destroy(); // the reader went away, or the answer broke off: it must not look whole
	} finally {
		clearTimeout(tooLong);
		leave();
		await file?.close();
	}
}
