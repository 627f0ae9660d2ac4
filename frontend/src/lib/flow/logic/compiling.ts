/**
 * Compile a rule (JSON-Logic syntax, form mode) once into closures, with static types and the questions it reads. A closure
 * returns a value or `undefined` and never throws. What is wrong with a rule is a set of finding codes (docs/reference/
 * logic.md, 9), and such a rule is undefined; the words for people are the server's.
 */
import { parseDay } from './calendar.ts';
import type { Decimal } from './decimal.ts';
import { parseDuration } from './durations.ts';
import * as types from './types.ts';
import { ANY, BOOL, DATE, DECIMAL, DURATION, INTEGER, LITERAL, TEXT, type Type } from './types.ts';
import { nfc, readLiteralNumber, type Value, type Values } from './values.ts';

/** The rows a place lies in, outermost first: prefixes of rows, or elements of a list of values. */
export type Rows = readonly Value[];
export type Run<T extends Value = Value> = (values: Values, rows: Rows) => T | undefined;
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A row in sight: of a repeated group, or an element of a list of values. */
export interface Frame {
	group: string;
	item?: Type;
}

export interface Expr {
	type: Type;
	run: Run;
	/** Gives a literal the type of its neighbour. */
	recast?: (wanted: Type) => Expr;
	isConstant?: boolean;
	/** Stands for a part that has a finding. */
	isNothing?: boolean;
	/** Of groups and rows: is anything in them answered? */
	filled?: Run<boolean>;
}

/** What a path means at a place: its type, how to read it, and the nodes it depends on. */
export interface Reference {
	type: Type;
	run: Run;
	reads: string[];
	filled?: Run<boolean>;
}

/** Knows the questions: a reference, or the code of what is wrong with the path. */
export interface Scope {
	resolve(path: string, frames: Frame[]): Reference | string;
}

export interface Compiled {
	run: Run;
	type: Type;
	reads: Set<string>;
	findings: Set<string>;
}

export type Operator = (compiler: Compiler, name: string, args: Json[], frames: Frame[]) => Expr;

const MAX_DEPTH = 64;
const MAX_NODES = 10_000;
const MOST_ROUNDED = 10;

const nowhere: Run = () => undefined;
export const NOTHING: Expr = { type: ANY, run: nowhere, isNothing: true };
export const constant = (type: Type, value: Value): Expr => ({ type, run: () => value, isConstant: true });

const isObject = (rule: Json): rule is { [key: string]: Json } => rule !== null && typeof rule === 'object' && !Array.isArray(rule);

/** Of a size we compile? Looked at without recursion: the rule may be hostile. */
function isSmall(rule: Json): boolean {
	const stack: [Json, number][] = [[rule, 1]];
	for (let count = 1, entry = stack.pop(); entry; count++, entry = stack.pop()) {
		const [value, depth] = entry;
		if (count > MAX_NODES || depth > MAX_DEPTH) return false;
		if (value === null || typeof value !== 'object') continue;
		for (const item of Object.values(value)) stack.push([item, depth + (Array.isArray(value) ? 0 : 1)]);
	}
	return true;
}

export class Compiler {
	readonly findings = new Set<string>();
	readonly reads = new Set<string>();
	readonly scope: Scope;
	readonly operators: ReadonlyMap<string, Operator>;

	constructor(scope: Scope, operators: ReadonlyMap<string, Operator>) {
		this.scope = scope;
		this.operators = operators;
	}

	compile(rule: Json, frames: Frame[]): Expr {
		return isObject(rule) ? this.operation(rule, frames) : this.literal(rule);
	}

	private operation(rule: { [key: string]: Json }, frames: Frame[]): Expr {
		const entries = Object.entries(rule);
		const [entry] = entries;
		if (!entry || entries.length > 1) return this.refuse('rule_shape');
		const [name, raw] = entry;
		const compiling = this.operators.get(name);
		return compiling ? compiling(this, name, Array.isArray(raw) ? raw : [raw], frames) : this.refuse('rule_operator_unknown');
	}

	literal(value: Json): Expr {
		if (typeof value === 'boolean') return constant(BOOL, value);
		if (typeof value === 'string')
			return { type: LITERAL, run: () => value, recast: (wanted) => this.castText(value, wanted), isConstant: true };
		if (typeof value !== 'number') return this.refuse(Array.isArray(value) ? 'rule_list' : 'rule_null');
		const number = readLiteralNumber(value);
		return number ? constant(Number.isInteger(value) ? INTEGER : DECIMAL, number) : this.refuse('rule_literal');
	}

	/** A string literal beside an operand of another type. */
	private castText(text: string, wanted: Type): Expr {
		if (types.isNumber(wanted)) return this.read(DECIMAL, readLiteralNumber(text), 'literal_not_number');
		if (wanted.kind === 'date') return this.read(DATE, parseDay(text), 'literal_not_date');
		if (wanted.kind === 'duration') return this.read(DURATION, parseDuration(text), 'literal_not_duration');
		if (wanted.kind === 'enum') return this.read(wanted, this.codeOf(text, wanted), 'literal_not_in_list');
		return ['text', 'literal', 'any'].includes(wanted.kind) ? constant(TEXT, nfc(text)) : this.refuse('type_clash');
	}

	private codeOf(text: string, { values }: Type): string | undefined {
		return !values || values.has(text) ? text : undefined;
	}

	private read(type: Type, value: Value, code: string): Expr {
		return value === undefined ? this.refuse(code) : constant(type, value);
	}

	cast(expr: Expr, wanted: Type): Expr {
		return expr.type.kind === 'literal' && expr.recast ? expr.recast(wanted) : expr;
	}

	/** Give literals the type of their neighbours; a clash is a finding. */
	unify(exprs: Expr[]): [Type, Expr[]] {
		let shared: Type = LITERAL;
		for (const expr of exprs) {
			const found = types.commonType(shared, expr.type);
			if (!found) {
				this.refuse('type_clash');
				return [ANY, exprs.map(() => NOTHING)];
			}
			shared = found;
		}
		return [shared, shared.kind === 'literal' ? exprs : exprs.map((expr) => this.cast(expr, shared))];
	}

	/** Compile an operand that must have a type. */
	expect(rule: Json, wanted: Type, frames: Frame[]): Expr {
		const expr = this.cast(this.compile(rule, frames), wanted);
		return types.fits(expr.type, wanted) ? expr : this.refuse('type_clash');
	}

	refuse(code: string): Expr {
		this.findings.add(code);
		return NOTHING;
	}

	/** Are there as many operands as there must be? */
	hasArgs(args: Json[], least: number, most = least): boolean {
		const isRight = least <= args.length && args.length <= most;
		if (!isRight) this.refuse('rule_arguments');
		return isRight;
	}

	/** Where to round: a whole number of the rule. */
	places(raw: Json): number | undefined {
		return typeof raw === 'number' && Number.isInteger(raw) && Math.abs(raw) <= MOST_ROUNDED ? raw : undefined;
	}
}

/** Compile a rule for a place whose rows are `frames`; `wanted` is the type the place needs. */
export function compileWith(
	operators: ReadonlyMap<string, Operator>,
	rule: Json,
	scope: Scope,
	wanted: Type,
	frames: Frame[]
): Compiled {
	if (!isSmall(rule)) return { run: nowhere, type: ANY, reads: new Set(), findings: new Set(['rule_too_large']) };
	const compiler = new Compiler(scope, operators);
	const { run, type } = compiler.cast(compiler.expect(rule, wanted, frames), TEXT);
	const { reads, findings } = compiler;
	return { run: findings.size ? nowhere : run, type, reads, findings };
}

/** Runs of numbers: what the compiler has typed so yields decimals. */
export const asNumbers = (exprs: Expr[]): Run<Decimal>[] => exprs.map((expr) => expr.run as Run<Decimal>);
