/** `map filter some all none` over the rows of a repeated group or over a list. Inside, `row` is the element. */
import { NOTHING, type Compiler, type Expr, type Frame, type Json, type Operator, type Run } from '../compiling.ts';
import { BOOL, isScalar, listOf, TEXT } from '../types.ts';
import type { Value } from '../values.ts';

interface Opened {
	source: Expr;
	inner: Frame[];
	elements: Run<Value[]>;
}

/** The list to go through and the rows in sight inside. */
function open(compiler: Compiler, args: Json[], frames: Frame[]): Opened | undefined {
	if (!compiler.hasArgs(args, 2)) return undefined;
	const source = compiler.compile(args[0]!, frames);
	const { kind, group = '', item } = source.type;
	const elements = source.run as Run<Value[]>;
	if (kind === 'rows') return { source, inner: [...frames, { group }], elements };
	if (kind === 'list' && item) return { source, inner: [...frames, { group: '', item }], elements };
	if (!source.isNothing) compiler.refuse('type_clash');
	return undefined;
}

/** One element of truth `decisive` decides on `answer`. */
const quantifying =
	(decisive: boolean, answer: boolean): Operator =>
	(compiler, name, args, frames) => {
		const opened = open(compiler, args, frames);
		if (!opened) return NOTHING;
		const test = compiler.expect(args[1]!, BOOL, opened.inner).run;
		return {
			type: BOOL,
			run: (values, rows) => {
				let isOpen = false;
				const found = opened.elements(values, rows);
				for (const element of found ?? []) {
					const truth = test(values, [...rows, element]);
					if (truth === decisive) return answer;
					isOpen ||= truth === undefined;
				}
				return isOpen || !found ? undefined : !answer;
			}
		};
	};

const map: Operator = (compiler, name, args, frames) => {
	const opened = open(compiler, args, frames);
	if (!opened) return NOTHING;
	const each = compiler.cast(compiler.compile(args[1]!, opened.inner), TEXT);
	if (!isScalar(each.type)) return compiler.refuse('type_clash');
	return {
		type: listOf(each.type),
		run: (values, rows) => opened.elements(values, rows)?.map((element) => each.run(values, [...rows, element]))
	};
};

const filter: Operator = (compiler, name, args, frames) => {
	const opened = open(compiler, args, frames);
	if (!opened) return NOTHING;
	const test = compiler.expect(args[1]!, BOOL, opened.inner).run;
	return {
		type: opened.source.type,
		run: (values, rows) => opened.elements(values, rows)?.filter((element) => test(values, [...rows, element]) === true)
	};
};

export const operators: Record<string, Operator> = {
	map,
	filter,
	some: quantifying(true, true),
	all: quantifying(false, false),
	none: quantifying(true, false)
};
