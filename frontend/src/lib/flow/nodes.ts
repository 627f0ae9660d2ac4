/** Walks over the nodes of a step: where an error belongs, which control takes the focus, what was typed. */
import type { AddressPart, Draft, FieldError, NodeView, RowView } from './types';
import type { RawValue } from './posted';

/** Longer lists become a drop-down; short ones stay open, which most people find easier. */
const RADIO_LIMIT = 7;

export type DateParts = Record<'day' | 'month' | 'year', string>;

export const rowsOf = (node: NodeView): RowView[] => (Array.isArray(node.rows) ? node.rows : []);
export const isRepeated = (node: NodeView): boolean => node.type === 'group' && Array.isArray(node.rows);
export const childrenOf = (node: NodeView): NodeView[] =>
	isRepeated(node) ? rowsOf(node).flatMap((row) => row.nodes) : (node.nodes ?? []);

export const usesSelect = (node: NodeView): boolean =>
	node.display === 'select' || (node.display !== 'radio' && (node.options?.length ?? 0) > RADIO_LIMIT);

/** Drawn when it is visible, or when an answer of this very page may make it visible. */
export const isDrawn = (node: NodeView): boolean => node.visible !== false || Boolean(node.depends_on_step);

/** All that is wrong with a question as one text. */
export const errorText = (node: NodeView): string | undefined =>
	node.errors?.length ? node.errors.map((error) => error.message).join(' ') : undefined;

/** What every form control of `lib/kern` takes. The plain id sits on the control an error leads to. */
export const fieldProps = (node: NodeView) => ({
	id: node.path,
	name: node.path,
	label: node.label,
	hint: node.help,
	error: errorText(node),
	optional: node.required === false
});

export const addressParts = (node: NodeView): AddressPart[] => node.parts ?? [];

/** The part of a date or address that is wrong; undefined when the answer as a whole is wrong, or right. */
export const wrongPart = (node: NodeView): string | undefined => node.errors?.find((error) => error.part)?.part;

export function* walk(nodes: NodeView[]): Generator<NodeView> {
	for (const node of nodes) {
		yield node;
		yield* walk(childrenOf(node));
	}
}

/** The node an error points at: its own path, or the longest path above it (a part of an address, a missing row). */
export function findNode(nodes: NodeView[], path: string): NodeView | undefined {
	let found: NodeView | undefined;
	for (const node of walk(nodes)) {
		const isHit = path === node.path || path.startsWith(`${node.path}.`) || path.startsWith(`${node.path}:`);
		if (isHit && node.path.length >= (found?.path.length ?? 0)) found = node;
	}
	return found;
}

/** The refusal of a change names the question; the view of the step, where it has errors, also the part of it. */
const withPart = (node: NodeView, error: FieldError): FieldError => ({
	...error,
	part: error.part ?? node.errors?.find((known) => known.code === error.code)?.part
});

/** Copies of all nodes, each with what `more` says about it. */
function dress(nodes: NodeView[], more: (node: NodeView) => Partial<NodeView>): NodeView[] {
	return nodes.map((node) => ({
		...node,
		...more(node),
		...(node.nodes ? { nodes: dress(node.nodes, more) } : {}),
		...(Array.isArray(node.rows) ? { rows: node.rows.map((row) => ({ ...row, nodes: dress(row.nodes, more) })) } : {})
	}));
}

/** File questions with the files that are already there. */
export const withFiles = (nodes: NodeView[], files: Draft['files']): NodeView[] =>
	dress(nodes, (node) => (node.type === 'file' ? { files: files.filter((file) => file.path === node.path) } : {}));

/** Questions with their errors and, where given, exactly what the person typed. */
export function withErrors(nodes: NodeView[], errors: FieldError[], typed: Record<string, RawValue> = {}): NodeView[] {
	const home = new Map(errors.map((error) => [error, findNode(nodes, error.path)?.path]));
	return dress(nodes, (node) => ({
		value: node.path in typed ? typed[node.path] : node.value,
		errors: errors.filter((error) => home.get(error) === node.path).map((error) => withPart(node, error))
	}));
}

/** „Kind 2“: in which of several rows a question stands; the same question in another row has the same message. */
function rowLabel(nodes: NodeView[], path: string): string | undefined {
	for (const node of walk(nodes)) {
		const rows = rowsOf(node);
		const row = rows.length > 1 ? rows.find(({ id }) => path.startsWith(`${node.path}.${id}.`)) : undefined;
		if (row) return row.label;
	}
	return undefined;
}

/** Errors in the order of the page, each with the id of the control it leads to and the row it stands in. */
export function summaryErrors(nodes: NodeView[], errors: FieldError[]): { id: string; message: string; label?: string }[] {
	const order = [...walk(nodes)].map((node) => node.path);
	const place = ({ path, message }: FieldError) => {
		const known = findNode(nodes, path)?.path;
		const index = known ? order.indexOf(known) : order.length;
		return { index, id: known ?? 'inhalt', message, label: rowLabel(nodes, path) };
	};
	return errors
		.map(place)
		.sort((a, b) => a.index - b.index)
		.map(({ id, message, label }) => ({ id, message, label }));
}

const ISO_DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const withoutZero = (text: string): string => text.replace(/^0(?=\d)/, '');

/** A date as it goes into three fields: a real date in parts, anything else exactly as typed. */
export function dateParts(value: unknown): DateParts {
	if (value && typeof value === 'object') {
		const parts = value as Partial<DateParts>;
		return { day: String(parts.day ?? ''), month: String(parts.month ?? ''), year: String(parts.year ?? '') };
	}
	const text = typeof value === 'string' ? value.trim() : '';
	const iso = ISO_DATE.exec(text);
	if (iso) return { day: withoutZero(iso[3] ?? ''), month: withoutZero(iso[2] ?? ''), year: iso[1] ?? '' };
	const [day = '', month = '', year = ''] = text.split(/[./]/);
	return { day, month, year };
}

/** One end of a period, as it was stored or typed. */
export const endOf = (value: unknown, name: string): unknown => (isParts(value) ? value[name] : undefined);

/** The answers to the questions of a matrix: none, one, or several each. */
export const answersOf = (value: unknown, question: string): string[] => chosen(isParts(value) ? value[question] : undefined);

const isParts = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** What was typed into one part of an address. */
export function partValue(value: unknown, part: string): string {
	const parts = value && typeof value === 'object' ? (value as Record<string, unknown>) : {};
	return String(parts[part] ?? '');
}

/** Text for an input; amounts are stored with a point and shown with the decimal mark of the language. */
export function inputText(node: NodeView, decimalMark: string): string {
	const { value } = node;
	if (value === null || value === undefined) return '';
	const text = typeof value === 'object' ? '' : String(value);
	const isAmount = (node.type === 'decimal' || node.type === 'money') && /^-?\d+\.\d+$/.test(text);
	return isAmount ? text.replace('.', decimalMark) : text;
}

/** Chosen values as text: none, one, or several. */
export function chosen(value: unknown): string[] {
	if (Array.isArray(value)) return value.map(String);
	return value === null || value === undefined || value === '' ? [] : [String(value)];
}
