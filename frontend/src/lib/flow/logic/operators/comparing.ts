/** `== != < <= > >=` between values of one type, and `in`. Undefined on a side gives undefined. */
import { NOTHING, type Compiler, type Expr, type Json, type Operator, type Run } from '../compiling.ts';
import { compare as compareDecimals, type Decimal } from '../decimal.ts';
import { differences, type Duration } from '../durations.ts';
import { BOOL, isNumber, isScalar, isTextual, TEXT, type Type } from '../types.ts';
import { isSameText, nfc, type Value } from '../values.ts';
import { deciding } from './connecting.ts';

type Sign = (difference: number) => boolean;
type Test = (first: Value, second: Value) => boolean | undefined;

const SIGNS: Record<string, Sign> = {
	'==': (difference) => difference === 0,
	'!=': (difference) => difference !== 0,
	'<': (difference) => difference < 0,
	'<=': (difference) => difference <= 0,
	'>': (difference) => difference > 0,
	'>=': (difference) => difference >= 0
};

const compare =
	(first: Run, second: Run, test: Test): Run<boolean> =>
	(values, rows) => {
		const one = first(values, rows);
		if (one === undefined) return undefined;
		const two = second(values, rows);
		return two === undefined ? undefined : test(one, two);
	};

/** How a sign compares two values of a type. Days are ordered as their texts are. */
function testOf(type: Type, sign: Sign): Test {
	if (isNumber(type)) return (first, second) => sign(compareDecimals(first as Decimal, second as Decimal));
	if (type.kind === 'duration') return (first, second) => agreed(differences(first as Duration, second as Duration).map(sign));
	if (isTextual(type)) return (first, second) => sign(isSameText(first as string, second as string) ? 0 : 1);
	return (first, second) => sign(first === second ? 0 : first! < second! ? -1 : 1);
}

const agreed = (answers: boolean[]): boolean | undefined =>
	answers.every((answer) => answer === answers[0]) ? answers[0] : undefined;

const equal: Operator = (compiler, name, args, frames) => {
	if (!compiler.hasArgs(args, 2)) return NOTHING;
	const [shared, exprs] = compiler.unify(args.map((arg) => compiler.compile(arg, frames)));
	const [first, second] = exprs as [Expr, Expr];
	if (!isScalar(shared) && shared.kind !== 'duration') return compiler.refuse('type_clash');
	return { type: BOOL, run: compare(first.run, second.run, testOf(shared, SIGNS[name]!)) };
};

/** `{"<=": [a, x, b]}` is `a <= x and x <= b`, by Kleene. */
const order: Operator = (compiler, name, args, frames) => {
	if (!compiler.hasArgs(args, 2, 3)) return NOTHING;
	const [shared, exprs] = compiler.unify(args.map((arg) => compiler.compile(arg, frames)));
	if (!isNumber(shared) && !['date', 'duration', 'any'].includes(shared.kind)) return compiler.refuse('type_clash');
	const test = testOf(shared, SIGNS[name]!);
	const pairs = exprs.slice(1).map((expr, at) => compare(exprs[at]!.run, expr.run, test));
	return { type: BOOL, run: deciding(pairs, false) };
};

/** Is the first one of a list of literals, an element of a list, or a part of a text? */
const isIn: Operator = (compiler, name, args, frames) => {
	if (!compiler.hasArgs(args, 2)) return NOTHING;
	const needle = compiler.compile(args[0]!, frames);
	const written = args[1]!;
	if (Array.isArray(written)) return inLiterals(compiler, needle, written);
	const hay = compiler.cast(compiler.compile(written, frames), TEXT);
	if (hay.type.kind === 'list' && hay.type.item) return inList(compiler, needle, hay, hay.type.item);
	if (!['text', 'any'].includes(hay.type.kind) || !(isTextual(needle.type) || needle.type.kind === 'any'))
		return compiler.refuse('type_clash');
	const part = compiler.cast(needle, TEXT);
	return { type: BOOL, run: compare(part.run, hay.run, (one, two) => nfc(two as string).includes(nfc(one as string))) };
};

function inLiterals(compiler: Compiler, needle: Expr, literals: Json[]): Expr {
	if (!literals.length) return compiler.refuse('rule_arguments');
	if (literals.some((item) => item !== null && typeof item === 'object')) return compiler.refuse('rule_list');
	const [shared, exprs] = compiler.unify([needle, ...literals.map((item) => compiler.literal(item))]);
	if (!isScalar(shared)) return compiler.refuse('type_clash');
	const [part, ...rest] = exprs as [Expr, ...Expr[]];
	const wanted = rest.filter((expr) => !expr.isNothing).map((expr) => expr.run(new Map(), []));
	const many: Run = () => wanted;
	return { type: BOOL, run: compare(part.run, many, hasElement(testOf(shared, SIGNS['==']!))) };
}

function inList(compiler: Compiler, needle: Expr, hay: Expr, item: Type): Expr {
	const [shared, [part]] = compiler.unify([needle, { type: item, run: hay.run }]);
	if (!isScalar(shared)) return compiler.refuse('type_clash');
	return { type: BOOL, run: compare(part!.run, hay.run, hasElement(testOf(shared, SIGNS['==']!))) };
}

const hasElement =
	(test: Test): Test =>
	(one, many) =>
		(many as Value[]).some((other) => other !== undefined && test(one, other));

export const operators: Record<string, Operator> = {
	'==': equal,
	'!=': equal,
	'<': order,
	'<=': order,
	'>': order,
	'>=': order,
	in: isIn
};
