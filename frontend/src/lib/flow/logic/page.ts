/**
 * One step of a form while somebody fills it in: which questions count, which must be answered, what is calculated. Evaluated
 * by the rules of the server (`forms_engine/domain/page_logic.py` sends them), in its order. Whatever depends on something
 * only the server can read is unknown here and left out of the judgement.
 */
import { compileRule, type Frame, type Json, type Rows, type Run } from './index.ts';
import { readInput, UNKNOWN, type Limits, type Typed } from './inputs.ts';
import { Outline, type Entry } from './outline.ts';
import { BOOL, DATE, DECIMAL, INTEGER, TEXT, type Type } from './types.ts';
import type { Value, Values } from './values.ts';
import { readValues, type Data } from './wire.ts';

export interface PageNode {
	path: string;
	/** Path of the group or step it lies in. */
	parent: string;
	visible?: Json;
	/** A rule, or `true`. */
	required?: Json;
	value?: Json;
	/** Type of a calculated value. */
	result?: string;
	/** How its input is read. */
	input?: string;
	limits?: Limits;
}

export interface PageLogic {
	outline: Entry[];
	/** Of this step, each after everything it depends on. */
	nodes: PageNode[];
	/** What is not typed on the page. */
	values: Data;
}

/** What is known of a node at a place; a part that is not known is missing. */
export interface Judgement {
	isShown?: boolean;
	isRequired?: boolean;
	/** Of a calculated value that is known; `value` is undefined where there is none. */
	result?: string;
	value?: Value;
}

interface Rule {
	run: Run;
	reads: ReadonlySet<string>;
}

interface Compiled {
	node: PageNode;
	frames: string[];
	isRepeated: boolean;
	visible?: Rule;
	required?: Rule;
	value?: Rule;
}

interface State {
	values: Map<string, Value>;
	shown: Set<string>;
	/** Nodes of which something is not known at some place. */
	unknown: Set<string>;
	typed: ReadonlyMap<string, Typed>;
	found: Map<string, Judgement>;
}

const RESULTS: Record<string, Type> = { integer: INTEGER, decimal: DECIMAL, money: DECIMAL, date: DATE, text: TEXT, yes_no: BOOL };

export class Page {
	private readonly outline: Outline;
	private readonly compiled: Compiled[];
	private readonly given: Values;
	/** Paths of values that were sent: a repeated group that was hidden then is not among them. */
	private readonly sent: ReadonlySet<string>;

	constructor({ outline, nodes, values }: PageLogic) {
		this.outline = new Outline(outline);
		this.given = readValues(this.outline, values);
		this.sent = new Set(Object.keys(values));
		this.compiled = nodes.map((node) => this.compile(node));
	}

	private compile(node: PageNode): Compiled {
		const { frames, kind } = this.outline.nodes.get(node.path)!;
		const rows: Frame[] = frames.map((group) => ({ group }));
		const rule = (source: Json | undefined, wanted: Type): Rule | undefined =>
			source === undefined ? undefined : compileRule(source, this.outline, wanted, rows);
		return {
			node,
			frames,
			isRepeated: kind === 'rows',
			visible: rule(node.visible, BOOL),
			required: rule(node.required, BOOL),
			value: rule(node.value, RESULTS[node.result ?? ''] ?? TEXT)
		};
	}

	/** Judge what stands in the form, by path with row ids. */
	judge(typed: ReadonlyMap<string, Typed>): Map<string, Judgement> {
		const state: State = { values: new Map(this.given), shown: new Set(), unknown: new Set(), typed, found: new Map() };
		for (const compiled of this.compiled) this.visit(state, compiled);
		return state.found;
	}

	private visit(state: State, compiled: Compiled): void {
		const { node, frames, visible } = compiled;
		if (state.unknown.has(node.parent) || dependsOnUnknown(state, visible)) {
			state.unknown.add(node.path);
			return;
		}
		for (const rows of this.places(state, frames)) {
			const [path, parent] = [node.path, node.parent].map((one) => placed(one, frames, rows)) as [string, string];
			const isInside = !node.parent.includes('.') || state.shown.has(parent);
			const isShown = isInside && (!visible || visible.run(state.values, rows) === true);
			state.found.set(path, { isShown });
			if (isShown) this.enter(state, compiled, path, rows);
			else this.leave(state, compiled, path);
		}
	}

	/** The rows a node stands in, one tuple of prefixes a place. */
	private places(state: State, frames: string[]): string[][] {
		let found: string[][] = [[]];
		for (const [at, group] of frames.entries()) {
			const prefixes = (rows: string[]) => state.values.get(`${placed(group, frames.slice(0, at), rows)}#`) as string[] | undefined;
			found = found.flatMap((rows) => (prefixes(rows) ?? []).map((row) => [...rows, row]));
		}
		return found;
	}

	private enter(state: State, { node, isRepeated, required, value }: Compiled, path: string, rows: Rows): void {
		state.shown.add(path);
		const judgement = state.found.get(path)!;
		if (isRepeated && !this.sent.has(path)) state.unknown.add(node.path); // the server opens its first rows
		const typed = state.typed.get(path);
		if (node.input && typed) put(state, node, path, readInput(node.input, typed, node.limits));
		else if (node.input) put(state, node, path, UNKNOWN);
		if (value && dependsOnUnknown(state, value)) state.unknown.add(node.path);
		else if (value) {
			judgement.value = value.run(state.values, rows);
			judgement.result = node.result;
			put(state, node, path, judgement.value);
		}
		if (required && !dependsOnUnknown(state, required)) judgement.isRequired = required.run(state.values, rows) === true;
	}

	/** What is hidden has no value and no rows. */
	private leave(state: State, { isRepeated }: Compiled, path: string): void {
		state.values.delete(path);
		if (isRepeated) state.values.set(`${path}#`, []);
	}
}

/** A path as it is called in these rows. */
const placed = (path: string, frames: string[], rows: Rows): string => {
	const at = frames.findLastIndex((group) => path.startsWith(`${group}.`));
	return at < 0 ? path : (rows[at] as string) + path.slice(frames[at]!.length);
};

function put(state: State, node: PageNode, path: string, value: Value | typeof UNKNOWN): void {
	if (value === UNKNOWN) state.unknown.add(node.path);
	else if (value !== undefined) state.values.set(path, value);
}

const dependsOnUnknown = ({ unknown }: State, rule: Rule | undefined): boolean =>
	rule !== undefined && unknown.size > 0 && [...rule.reads].some((path) => unknown.has(path));
