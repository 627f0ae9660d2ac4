/** `+ - * / round min max sum count`: exact decimals. Lists skip what is undefined in them. */
import { asNumbers, NOTHING, type Compiler, type Expr, type Frame, type Json, type Operator, type Run } from '../compiling.ts';
import * as decimal from '../decimal.ts';
import type { Decimal } from '../decimal.ts';
import { DECIMAL, INTEGER, isListed, isNumber, type Type } from '../types.ts';
import { isDecimal, type Value } from '../values.ts';

const MOST = 1_000;

type Step<T extends Value> = (first: T, second: T) => T | undefined;

/** Combine operands from left to right; the first undefined ends it. */
const fold =
	<T extends Value>([first, ...rest]: Run<T>[], step: Step<T>): Run<T> =>
	(values, rows) => {
		let total = first!(values, rows);
		for (const part of rest) {
			if (total === undefined) return undefined;
			const found = part(values, rows);
			total = found === undefined ? undefined : step(total, found);
		}
		return total;
	};

const numbers = (compiler: Compiler, args: Json[], frames: Frame[]): Expr[] =>
	args.map((arg) => compiler.expect(arg, DECIMAL, frames));

const typeOf = (exprs: Expr[]): Type => (exprs.every(({ type }) => type.kind === 'integer') ? INTEGER : DECIMAL);

const folding =
	(step: Step<Decimal>, least: number, most: number): Operator =>
	(compiler, name, args, frames) => {
		if (!compiler.hasArgs(args, least, most)) return NOTHING;
		const exprs = numbers(compiler, args, frames);
		const runs = asNumbers(exprs);
		if (name === '-' && runs.length === 1) runs.unshift(() => decimal.ZERO);
		return { type: name === '/' ? DECIMAL : typeOf(exprs), run: fold(runs, step) };
	};

const round: Operator = (compiler, name, args, frames) => {
	if (!compiler.hasArgs(args, 1, 2)) return NOTHING;
	const places = args.length === 2 ? compiler.places(args[1]!) : 0;
	if (places === undefined) return compiler.refuse('rule_arguments');
	const inner = compiler.expect(args[0]!, DECIMAL, frames).run as Run<Decimal>;
	return {
		type: places <= 0 ? INTEGER : DECIMAL,
		run: (values, rows) => {
			const found = inner(values, rows);
			return found && decimal.round(found, places);
		}
	};
};

const isLess = (first: Value, second: Value): boolean =>
	isDecimal(first) ? decimal.compare(first, second as Decimal) < 0 : first! < second!;

/** Of several operands, or of the elements of one list; numbers or dates. */
const choosing =
	(choose: Step<Value>): Operator =>
	(compiler, name, args, frames) => {
		if (!compiler.hasArgs(args, 1, MOST)) return NOTHING;
		const [shared, exprs] = compiler.unify(args.map((arg) => compiler.compile(arg, frames)));
		const isList = shared.kind === 'list';
		const item = isList ? shared.item : shared;
		const isOrdered = item && (isNumber(item) || ['date', 'any'].includes(item.kind));
		if (!item || !isOrdered || (isList && exprs.length > 1)) return compiler.refuse('type_clash');
		if (!isList) return { type: item, run: fold(exprs.map(({ run }) => run), choose) };
		return { type: item, run: overList(exprs[0]!.run, (found) => found.reduce(choose as (a: Value, b: Value) => Value, found[0])) };
	};

/** Something of the defined elements of a list. */
const overList =
	(inner: Run, summary: (found: Value[]) => Value): Run =>
	(values, rows) => {
		const found = inner(values, rows) as Value[] | undefined;
		return found && summary(found.filter((item) => item !== undefined));
	};

const total = (items: Value[]): Value => {
	let found: Decimal | undefined = decimal.ZERO;
	for (const item of items) found = found && decimal.add(found, item as Decimal);
	return found;
};

const sum: Operator = (compiler, name, args, frames) => {
	if (!compiler.hasArgs(args, 1)) return NOTHING;
	const inner = compiler.compile(args[0]!, frames);
	const { kind, item } = inner.type;
	if (kind === 'list' && item && (isNumber(item) || item.kind === 'any')) return { type: item, run: overList(inner.run, total) };
	return inner.isNothing ? inner : compiler.refuse('type_clash');
};

const count: Operator = (compiler, name, args, frames) => {
	if (!compiler.hasArgs(args, 1)) return NOTHING;
	const { type, run } = compiler.compile(args[0]!, frames);
	if (!isListed(type) && type.kind !== 'any') return compiler.refuse('type_clash');
	return {
		type: INTEGER,
		run: (values, rows) => {
			const found = run(values, rows) as Value[] | undefined;
			return found && decimal.whole(found.length);
		}
	};
};

export const operators: Record<string, Operator> = {
	'+': folding(decimal.add, 1, MOST),
	'*': folding(decimal.multiply, 1, MOST),
	'-': folding(decimal.subtract, 1, 2),
	'/': folding(decimal.divide, 2, 2),
	round,
	min: choosing((first, second) => (isLess(second, first) ? second : first)),
	max: choosing((first, second) => (isLess(first, second) ? second : first)),
	sum,
	count
};
