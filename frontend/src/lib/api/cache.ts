/** Last known answers of the read API: bounded in number, size and age. */

export interface Known {
	etag: string;
	data: unknown;
}

interface Entry extends Known {
	size: number;
	/** When the API last said that it is still so, in milliseconds. */
	confirmed: number;
}

export interface Limits {
	entries: number;
	/** Characters of JSON, all together. */
	size: number;
	/** Milliseconds after which nobody has asked for it. */
	age: number;
}

export class ContentCache {
	#entries = new Map<string, Entry>();
	#size = 0;

	constructor(
		readonly limits: Limits,
		readonly now: () => number = Date.now
	) {}

	get count(): number {
		return this.#entries.size;
	}

	find(path: string): Known | undefined {
		const entry = this.#entries.get(path);
		if (entry && this.now() - entry.confirmed <= this.limits.age) return entry;
		this.forget(path);
		return undefined;
	}

	/** The API said 304: it stays, as the one used last. */
	confirm(path: string): void {
		const entry = this.#entries.get(path);
		if (entry) this.#put(path, { ...entry, confirmed: this.now() });
	}

	keep(path: string, etag: string, json: string, data: unknown): void {
		this.forget(path);
		if (json.length > this.limits.size) return;
		this.#put(path, { etag, data, size: json.length, confirmed: this.now() });
		this.#shrink();
	}

	forget(path: string): void {
		this.#size -= this.#entries.get(path)?.size ?? 0;
		this.#entries.delete(path);
	}

	clear(): void {
		this.#entries.clear();
		this.#size = 0;
	}

	#put(path: string, entry: Entry): void {
		this.forget(path);
		this.#entries.set(path, entry);
		this.#size += entry.size;
	}

	/** The map keeps the order of use: what is in front was used least recently, and is the oldest. */
	#shrink(): void {
		const isTooOld = (entry: Entry) => this.now() - entry.confirmed > this.limits.age;
		for (const [path, entry] of this.#entries) {
			const isFull = this.#entries.size > this.limits.entries || this.#size > this.limits.size;
			if (!isFull && !isTooOld(entry)) return;
			this.forget(path);
		}
	}
}
