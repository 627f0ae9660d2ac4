/** Room for what waits for somebody slow: files without a name, so many in all and so many a sender. */
import { randomUUID } from 'node:crypto';
import { open, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const IN_MEMORY_BYTES = 1024 * 1024;

/** No place left, or no disk: 503, come again. */
export class NoRoom extends Error {}

export class Spool {
	/** Each holds at most one file as large as BODY_SIZE_LIMIT. One sender must not take the places of all the others. */
	constructor({ places = 32, placesOfOne = 8 } = {}) {
		this.places = places;
		this.placesOfOne = placesOfOne;
		this.taken = 0;
		this.takenBy = new Map();
	}

	/**
	 * @param {string} sender address
	 * @returns {() => void} gives the place back; harmless when called twice
	 * @throws {NoRoom}
	 */
	enter(sender) {
		const own = this.takenBy.get(sender) ?? 0;
		if (this.taken >= this.places || own >= this.placesOfOne) throw new NoRoom();
		this.taken += 1;
		this.takenBy.set(sender, own + 1);
		let left = false;
		return () => {
			if (left) return;
			left = true;
			this.taken -= 1;
			const rest = this.takenBy.get(sender) - 1;
			if (rest) this.takenBy.set(sender, rest);
			else this.takenBy.delete(sender);
		};
	}
}

/** Readable and writable by us alone; taken out of the directory at once, so that nothing stays behind after a crash. */
export async function openNameless() {
	const path = join(tmpdir(), `stadt-${randomUUID()}`);
	const file = await open(path, 'wx+', 0o600);
	await unlink(path);
	return file;
}
