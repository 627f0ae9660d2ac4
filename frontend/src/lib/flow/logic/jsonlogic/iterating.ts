/** `map filter reduce all some none merge`. Inside, the scope is the item; one further out lies its `index`. */
import { isTrue } from './coercing.ts';
import {
	compilePart,
	invalid,
	isOperation,
	operands,
	written,
	type Json,
	type Operator,
	type Run,
	type Runs,
	type Scope
} from './compiling.ts';
import { INVALID, LogicError, TOO_LARGE } from './errors.ts';

const LONGEST_LIST = 100_000;

/** The list to go through. A value that is no list is refused; an operation may yield null for an empty one. */
function compileSource(raw: Json, nullIsEmpty: boolean): Runs {
	const whole = isOperation(raw) || Array.isArray(raw) ? compilePart(raw) : invalid();
	return (scope) => {
		const found = whole(scope);
		if (found === null && nullIsEmpty) return [];
		if (!Array.isArray(found)) throw new LogicError(INVALID);
		return found;
	};
}

const scopeOf = (value: Json, index: number, outer: Scope): Scope => ({ value, around: { value: { index }, around: outer } });

/** Source and expression of `map`, `filter` and `reduce`; undefined where they are not there. */
function going(raw: Json): [Runs, Run] | undefined {
	const [list, expression] = written(raw, 2) ?? [];
	if (list === undefined || expression === undefined || expression === null) return undefined;
	return [compileSource(list, true), compilePart(expression)];
}

const map: Operator = (raw) => {
	const [source, each] = going(raw) ?? [];
	if (!source || !each) return invalid();
	return (scope) => source(scope).map((item, index) => each(scopeOf(item, index, scope)));
};

const filter: Operator = (raw) => {
	const [source, test] = going(raw) ?? [];
	if (!source || !test) return invalid();
	return (scope) => source(scope).filter((item, index) => isTrue(test(scopeOf(item, index, scope))));
};

/** The expression sees `{current, accumulator}`; without a third operand the first item is what it starts with. */
const reduce: Operator = (raw) => {
	const [source, step] = going(raw) ?? [];
	if (!source || !step) return invalid();
	const third = written(raw, 3)?.[2];
	const start = third === undefined ? undefined : compilePart(third);
	return (scope) => {
		const items = source(scope);
		let total = start ? start(scope) : (items[0] ?? null);
		for (let index = start ? 0 : 1; index < items.length; index++)
			total = step(scopeOf({ current: items[index]!, accumulator: total }, index, scope));
		return total;
	};
};

/** One item of truth `decisive` decides on `answer`. */
const quantifying =
	(decisive: boolean, answer: boolean, ofNothing: boolean): Operator =>
	(raw) => {
		const [list, expression] = written(raw, 2) ?? [];
		if (list === undefined || expression === undefined) return invalid();
		const [source, test] = [compileSource(list, false), compilePart(expression)];
		return (scope) => {
			const items = source(scope);
			if (!items.length) return ofNothing;
			const isDecided = items.some((item, index) => isTrue(test(scopeOf(item, index, scope))) === decisive);
			return isDecided === answer;
		};
	};

/** One list of all operands; those that are lists give their items. */
const merge: Operator = (raw) => {
	const parts = operands(raw);
	return (scope) => {
		const merged: Json[] = [];
		for (const part of parts(scope)) {
			for (const item of Array.isArray(part) ? part : [part]) merged.push(item);
			if (merged.length > LONGEST_LIST) throw new LogicError(TOO_LARGE);
		}
		return merged;
	};
};

export const operators = {
	map,
	filter,
	reduce,
	all: quantifying(false, false, false),
	some: quantifying(true, true, false),
	none: quantifying(true, false, true),
	merge
};
