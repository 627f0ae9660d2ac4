/**
 * A posted form as the API wants it. Field names are answer paths (`person.birth_date`); no field type is known here:
 *
 * - `path`        one value; the last non-empty one wins, so a hidden empty field in front says "asked and left empty"
 * - `path[]`      a list (check boxes); the hidden empty field makes it `[]` instead of absent
 * - `path:part`   one part of a value (`:day`, `:street`); a part can be a list (`path:part[]`) or have parts (`path:from:day`)
 * - `do`          the pressed button: `next`, `later`, `add:<group>`, `remove:<group>.<row>`, `upload:<path>`, `drop:<path>:<file id>`
 *
 * Names without a dot belong to the page and are no answers.
 */

export type RawValue = string | string[] | Parts;
export interface Parts {
	[part: string]: RawValue;
}

export interface Command {
	name: string;
	path: string;
	id: string;
}

export interface Posted {
	answers: Record<string, RawValue>;
	files: { path: string; file: File }[];
	command: Command;
	/** Version of the form the page was drawn from: the draft may have moved on in another tab. */
	flow_hash?: string;
}

const isAnswer = (name: string): boolean => name.includes('.');
const isChosenFile = (value: FormDataEntryValue): value is File => value instanceof File && value.size > 0 && value.name !== '';

/** `add:family.children` -> name `add`, path `family.children`. */
export function readCommand(value: FormDataEntryValue | null): Command {
	const [name = '', path = '', id = ''] = typeof value === 'string' ? value.split(':') : [];
	return { name: name || 'next', path, id };
}

const isParts = (value: RawValue | undefined): value is Parts => typeof value === 'object' && !Array.isArray(value);

/** What a holder has of its own: a part may be called `__proto__`, and means nothing by it. */
const own = (holder: Parts, name: string): RawValue | undefined => (Object.hasOwn(holder, name) ? holder[name] : undefined);
const set = (holder: Parts, name: string, value: RawValue): void =>
	void Object.defineProperty(holder, name, { value, enumerable: true, configurable: true, writable: true });

function addPart(holder: Parts, name: string, value: string): void {
	const colon = name.indexOf(':');
	const known = own(holder, name.slice(0, colon));
	const parts = isParts(known) ? known : {};
	addAnswer(parts, name.slice(colon + 1), value);
	set(holder, name.slice(0, colon), parts);
}

function addItem(holder: Parts, name: string, value: string): void {
	const known = own(holder, name.slice(0, -2));
	const items = Array.isArray(known) ? known : [];
	set(holder, name.slice(0, -2), value === '' ? items : [...items, value]);
}

function addAnswer(holder: Parts, name: string, value: string): void {
	if (name.includes(':')) addPart(holder, name, value);
	else if (name.endsWith('[]')) addItem(holder, name, value);
	else if (value !== '' || own(holder, name) === undefined) set(holder, name, value);
}

export function readPosted(form: FormData): Posted {
	const posted: Posted = { answers: {}, files: [], command: readCommand(form.get('do')) };
	const flow = form.get('flow');
	if (typeof flow === 'string' && flow) posted.flow_hash = flow;
	for (const [name, value] of form.entries()) {
		if (!isAnswer(name)) continue;
		if (typeof value === 'string') addAnswer(posted.answers, name, value);
		else if (isChosenFile(value)) posted.files.push({ path: name, file: value });
	}
	return posted;
}

/** Everything that was posted as pairs of text, to be sent again unchanged; files cannot be kept in a page. */
export function textEntries(form: FormData): [string, string][] {
	return [...form.entries()].filter((entry): entry is [string, string] => typeof entry[1] === 'string');
}

/** The other way: an answer as hidden fields that `readPosted` turns into the same answer again. */
export function hiddenFields(answers: Posted['answers']): [string, string][] {
	return Object.entries(answers).flatMap(([path, value]): [string, string][] => {
		if (typeof value === 'string') return [[path, value]];
		if (Array.isArray(value)) return [[`${path}[]`, ''], ...value.map((item): [string, string] => [`${path}[]`, item])];
		return hiddenFields(Object.fromEntries(Object.entries(value).map(([part, inner]) => [`${path}:${part}`, inner])));
	});
}
