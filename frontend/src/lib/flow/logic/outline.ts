/**
 * What a path in a rule means: the questions of a form, seen from a place inside its rows.
 *
 * `row.x` is the innermost row, `outer.x` the row around it, `outer.outer.x` the one around that. A bare path starts at
 * the root, wherever the rule stands; where it passes a repeated group, it means the list of the values of all rows.
 */
import type { Frame, Reference, Rows, Run, Scope } from './compiling.ts';
import { ADDRESS, BOOL, DATE, DECIMAL, FILES, INTEGER, isScalar, listOf, TEXT, type Type } from './types.ts';
import type { Fields, Values } from './values.ts';

/** One node of a form as rules see it (`forms_engine/domain/outline.py` writes them). */
export interface Entry {
	path: string;
	kind: 'step' | 'content' | 'group' | 'rows' | 'bool' | 'integer' | 'decimal' | 'text' | 'date' | 'enum' | 'list' | 'files' | 'address' | 'record';
	/** Of an enum and a list: the codes. Left out where every code is taken. */
	values?: string[];
	/** Of an address: the names of its parts. */
	parts?: string[];
	/** Of a record: its parts. */
	members?: Record<string, Member>;
	isCalculated?: boolean;
}

/** A part of a record. */
type Member = Pick<Entry, 'kind' | 'values'>;

interface Node extends Entry {
	type: Type | undefined;
	/** Paths of the repeated groups around it, outermost first. */
	frames: string[];
}

/** The prefixes of the rows a node lies in. */
type Prefixes = (values: Values, rows: Rows) => string[];

const CONTEXT = new Map<string, Type>([
	['today', DATE],
	['municipality', TEXT]
]);
const SIMPLE: Partial<Record<Entry['kind'], Type>> = {
	bool: BOOL,
	integer: INTEGER,
	decimal: DECIMAL,
	text: TEXT,
	date: DATE,
	files: FILES,
	address: ADDRESS
};

function typeOf({ kind, path, values, members }: Entry): Type | undefined {
	if (kind === 'rows' || kind === 'group') return { kind, group: path };
	if (kind === 'record') return { kind, parts: new Map(Object.entries(members ?? {}).map(([name, part]) => [name, typeOfPart(part)])) };
	return typeOfPart({ kind, values });
}

function typeOfPart({ kind, values }: Member): Type {
	const choice: Type = { kind: 'enum', values: values && new Set(values) };
	if (kind === 'enum') return choice;
	return kind === 'list' ? listOf(choice) : SIMPLE[kind]!;
}

/** The prefixes of the rows of a repeated group. */
const rowsAt = (values: Values, path: string): string[] => (values.get(`${path}#`) ?? []) as string[];

export class Outline implements Scope {
	readonly nodes: ReadonlyMap<string, Node>;

	constructor(entries: readonly Entry[]) {
		const groups = entries.filter(({ kind }) => kind === 'rows').map(({ path }) => path);
		const framesOf = (path: string) => groups.filter((group) => path.startsWith(`${group}.`));
		this.nodes = new Map(entries.map((entry) => [entry.path, { ...entry, type: typeOf(entry), frames: framesOf(entry.path) }]));
	}

	/** The prefixes of all rows of a repeated group, outer rows first. */
	instances(values: Values, group: string): string[] {
		return expand(values, [''], '', [...this.nodes.get(group)!.frames, group]);
	}

	resolve(path: string, frames: Frame[]): Reference | string {
		const [head = '', ...rest] = path.split('.');
		const type = CONTEXT.get(head);
		if (type) return rest.length ? 'question_unknown' : { type, run: (values) => values.get(head), reads: [] };
		return head === 'row' || head === 'outer' ? this.resolveRow(path, frames) : this.resolvePath(path, frames);
	}

	private resolveRow(path: string, frames: Frame[]): Reference | string {
		const parts = path.split('.');
		let at = frames.length - 1;
		for (; parts[0] === 'outer'; at--) parts.shift();
		if (parts[0] === 'row') parts.shift();
		const frame = frames[at];
		if (!frame) return 'row_outside';
		if (frame.item) return parts.length ? 'question_unknown' : { type: frame.item, run: (_, rows) => rows[at], reads: [] };
		if (parts.length) return this.resolvePath([frame.group, ...parts].join('.'), frames, at);
		return this.rowItself(frame.group, at);
	}

	/** `{"var": "row"}`: only whether anything is answered in it. */
	private rowItself(group: string, at: number): Reference {
		const filled = this.filledBelow(group, (_, rows) => [rows[at] as string]);
		return { type: { kind: 'row', group }, run: orNothing(filled), reads: this.below(group).map(({ path }) => path), filled };
	}

	/** `at`: the frame a path is relative to. */
	private resolvePath(path: string, frames: Frame[], at?: number): Reference | string {
		const node = this.nodes.get(path);
		if (node?.kind === 'step' || node?.kind === 'content') return 'no_value';
		if (node) return this.reference(node, frames, at);
		const end = path.lastIndexOf('.');
		const owner = this.nodes.get(path.slice(0, Math.max(end, 0)));
		const part = path.slice(end + 1);
		const type = owner?.parts?.includes(part) ? TEXT : owner?.type?.parts?.get(part);
		return owner && type ? this.partOf(owner, part, type, frames, at) : 'question_unknown';
	}

	private reference(node: Node, frames: Frame[], at?: number): Reference | string {
		const open = openGroups(node, frames, at);
		if (node.kind === 'group' || node.kind === 'rows') return this.groupReference(node, prefixesOf(frames, open, at));
		if (open.length) return this.listReference(node, prefixesOf(frames, open, at));
		return { type: node.type!, run: single(node, frames, at), reads: [node.path] };
	}

	private listReference(node: Node, prefixes: Prefixes): Reference | string {
		if (!isScalar(node.type!)) return 'type_clash';
		const suffix = node.path.slice(node.frames.at(-1)!.length);
		const run: Run = (values, rows) =>
			prefixes(values, rows)
				.map((prefix) => values.get(prefix + suffix))
				.filter((value) => value !== undefined);
		return { type: listOf(node.type!), run, reads: [node.path, ...node.frames] };
	}

	private groupReference(node: Node, prefixes: Prefixes): Reference {
		const suffix = node.path.slice((node.frames.at(-1) ?? '').length);
		const paths: Prefixes = (values, rows) => prefixes(values, rows).map((prefix) => prefix + suffix);
		const rowPrefixes: Prefixes = (values, rows) => paths(values, rows).flatMap((path) => rowsAt(values, path));
		const filled = this.filledBelow(node.path, node.kind === 'rows' ? rowPrefixes : paths);
		const reads = this.below(node.path).map(({ path }) => path);
		return { type: node.type!, run: node.kind === 'rows' ? rowPrefixes : orNothing(filled), reads, filled };
	}

	/** A group and everything in it. */
	private below(group: string): Node[] {
		return [...this.nodes.values()].filter(({ path }) => path === group || path.startsWith(`${group}.`));
	}

	/** Is any question below answered? `prefixes` are the instances of the group (its rows where it repeats). */
	private filledBelow(group: string, prefixes: Prefixes): Run<boolean> {
		const isQuestion = ({ kind, isCalculated }: Node) => !isCalculated && !['group', 'rows', 'content'].includes(kind);
		const leaves = this.below(group)
			.filter(isQuestion)
			.map(({ path, frames }) => ({ path, inner: frames.filter((frame) => frame.length > group.length) }));
		return (values, rows) =>
			prefixes(values, rows).some((prefix) =>
				leaves.some(({ path, inner }) => {
					const suffix = path.slice((inner.at(-1) ?? group).length);
					return expand(values, [prefix], group, inner).some((start) => values.get(start + suffix) !== undefined);
				})
			);
	}

	private partOf(owner: Node, part: string, type: Type, frames: Frame[], at?: number): Reference | string {
		if (openGroups(owner, frames, at).length) return 'type_clash';
		const whole = single(owner, frames, at) as Run<Fields | undefined>;
		const run: Run = (values, rows) => {
			const answer = whole(values, rows);
			return answer && Object.hasOwn(answer, part) ? answer[part] : undefined;
		};
		return { type, run, reads: [owner.path] };
	}
}

const orNothing =
	(filled: Run<boolean>): Run =>
	(values, rows) =>
		filled(values, rows) || undefined;

/** The repeated groups that have to be gone through from a frame to a node. */
const openGroups = (node: Node, frames: Frame[], at?: number): string[] =>
	node.frames.filter((path) => path.length > groupAt(frames, at).length);

const groupAt = (frames: Frame[], at?: number): string => (at === undefined ? '' : frames[at]!.group);

function single(node: Node, frames: Frame[], at?: number): Run {
	if (at === undefined) return (values) => values.get(node.path);
	const suffix = node.path.slice(frames[at]!.group.length);
	return (values, rows) => values.get((rows[at] as string) + suffix);
}

const prefixesOf =
	(frames: Frame[], open: string[], at?: number): Prefixes =>
	(values, rows) =>
		expand(values, [at === undefined ? '' : (rows[at] as string)], groupAt(frames, at), open);

/** From the rows of one group to those of the groups inside it. */
function expand(values: Values, prefixes: string[], from: string, groups: string[]): string[] {
	let [found, base] = [prefixes, from];
	for (const group of groups) {
		const suffix = group.slice(base.length);
		found = found.flatMap((prefix) => rowsAt(values, prefix + suffix));
		base = group;
	}
	return found;
}
