/** `== != === !== < <= > >=` between neighbours, and `in`. A chain ends at the first pair that does not hold. */
import { compareTexts, toNumber, toText } from './coercing.ts';
import { compilePart, invalid, operands, written, type Json, type Operator } from './compiling.ts';

type Test = (first: Json, second: Json) => boolean;

/** Texts by code points; everything else as numbers. `test` is told by how much the first is more. */
const ordered =
	(test: (difference: number) => boolean): Test =>
	(first, second) => {
		if (typeof first === 'string' && typeof second === 'string') return test(compareTexts(first, second));
		const [one, two] = [toNumber(first), toNumber(second)];
		return test(one === two ? 0 : one < two ? -1 : 1);
	};

/** As numbers, unless both are texts. `null` equals no text: unanswered is not wrong. */
function isLooselyEqual(first: Json, second: Json): boolean {
	if (typeof first === 'string' && typeof second === 'string') return first === second;
	if (first === null ? typeof second === 'string' : second === null && typeof first === 'string') return false;
	const [one, two] = [toNumber(first), toNumber(second)];
	return one === two;
}

/** Same kind and same value; lists and objects never are. */
function isStrictlyEqual(first: Json, second: Json): boolean {
	if (typeof first === 'number' && typeof second === 'number') return toNumber(first) === toNumber(second);
	return first === second && (first === null || typeof first !== 'object');
}

const not =
	(test: Test): Test =>
	(first, second) =>
		!test(first, second);

const chaining =
	(test: Test): Operator =>
	(raw) => {
		const parts = written(raw, 2)?.map(compilePart);
		if (!parts) return invalid();
		const [first, ...rest] = parts;
		return (scope) => {
			let left = first!(scope);
			for (const part of rest) {
				const right = part(scope);
				if (!test(left, right)) return false;
				left = right;
			}
			return true;
		};
	};

/** Is the first an item of a list, or a part of a text? */
const isIn: Operator = (raw) => {
	const parts = operands(raw);
	return (scope) => {
		const [needle = null, hay = null] = parts(scope);
		if (Array.isArray(hay)) return hay.some((item) => isStrictlyEqual(needle, item));
		if (typeof hay !== 'string' || needle === null || typeof needle === 'object') return false;
		return hay.includes(toText(needle));
	};
};

export const operators = {
	'==': chaining(isLooselyEqual),
	'!=': chaining(not(isLooselyEqual)),
	'===': chaining(isStrictlyEqual),
	'!==': chaining(not(isStrictlyEqual)),
	'<': chaining(ordered((difference) => difference < 0)),
	'<=': chaining(ordered((difference) => difference <= 0)),
	'>': chaining(ordered((difference) => difference > 0)),
	'>=': chaining(ordered((difference) => difference >= 0)),
	in: isIn
};
