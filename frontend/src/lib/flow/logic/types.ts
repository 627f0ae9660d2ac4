/** Static types of rules. A rule is typed when it is compiled, so that nothing is coerced when it runs. */

export type Kind =
	| 'bool'
	| 'integer'
	| 'decimal'
	| 'text'
	| 'date'
	| 'duration'
	| 'enum'
	| 'list'
	| 'rows'
	| 'row'
	| 'group'
	| 'address'
	/** An answer of several parts, each with a type of its own. */
	| 'record'
	| 'files'
	/** A string that takes the type of its neighbour. */
	| 'literal'
	/** Follows a finding and silences more of them. */
	| 'any';

export interface Type {
	readonly kind: Kind;
	/** Of a list. */
	readonly item?: Type;
	/** Path of the group of rows, row, group. */
	readonly group?: string;
	/** Codes of an enum; left out where every code is taken. */
	readonly values?: ReadonlySet<string>;
	/** Of a record. */
	readonly parts?: ReadonlyMap<string, Type>;
}

const simple = (kind: Kind): Type => ({ kind });

export const BOOL = simple('bool');
export const INTEGER = simple('integer');
export const DECIMAL = simple('decimal');
export const TEXT = simple('text');
export const DATE = simple('date');
export const DURATION = simple('duration');
export const LITERAL = simple('literal');
export const FILES = simple('files');
export const ADDRESS = simple('address');
export const ANY = simple('any');
export const listOf = (item: Type): Type => ({ kind: 'list', item });

const among =
	(...kinds: Kind[]) =>
	({ kind }: Type): boolean =>
		kinds.includes(kind);

export const isNumber = among('integer', 'decimal');
export const isTextual = among('text', 'enum', 'literal');
export const isListed = among('list', 'rows', 'files');
export const isScalar = among('bool', 'integer', 'decimal', 'text', 'date', 'enum', 'literal', 'any');
const isAdaptable = among('any', 'literal');

const isSame = (first?: Type, second?: Type): boolean =>
	first === second || (first?.kind === second?.kind && first?.group === second?.group && isSame(first?.item, second?.item));

function hasSameCodes({ values: first }: Type, { values: second }: Type): boolean {
	if (!first || !second) return first === second;
	return first.size === second.size && [...first].every((code) => second.has(code));
}

/** The type two operands share, undefined where they are unlike. `literal` and `any` adapt to the other. */
export function commonType(first: Type, second: Type): Type | undefined {
	if (isAdaptable(first)) return first.kind === 'literal' || second.kind !== 'literal' ? second : ANY;
	if (isAdaptable(second)) return first;
	if (isNumber(first) && isNumber(second)) return first.kind === second.kind ? first : DECIMAL;
	if (isTextual(first) && isTextual(second))
		return first.kind === 'enum' && second.kind === 'enum' && hasSameCodes(first, second) ? first : TEXT;
	return isSame(first, second) ? first : undefined;
}

/** May a rule of type `found` stand where `wanted` is expected? */
export function fits(found: Type, wanted: Type): boolean {
	if (found.kind === 'any' || wanted.kind === 'any') return true;
	if (wanted.kind === 'decimal') return isNumber(found);
	if (wanted.kind === 'text') return isTextual(found);
	return found.kind === wanted.kind;
}
