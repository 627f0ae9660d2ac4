/** `cat` and `substr`, by code points. */
import { toNumber, toText } from './coercing.ts';
import { operands, type Operator } from './compiling.ts';
import { INVALID, LogicError, TOO_LARGE } from './errors.ts';

const LONGEST_TEXT = 100_000;

const cat: Operator = (raw) => {
	const parts = operands(raw);
	return (scope) => {
		const joined = parts(scope).map(toText).join('');
		if (joined.length > LONGEST_TEXT && [...joined].length > LONGEST_TEXT) throw new LogicError(TOO_LARGE);
		return joined;
	};
};

/** From `start` on (negative: from the end), `length` characters (negative: all but so many). */
const substr: Operator = (raw) => {
	const parts = operands(raw);
	return (scope) => {
		const found = parts(scope);
		if (found.length < 2) throw new LogicError(INVALID);
		const [text, start] = [[...toText(found[0]!)], Math.trunc(toNumber(found[1]!))];
		const rest = text.slice(start);
		if (found[2] === undefined) return rest.join('');
		return rest.slice(0, Math.trunc(toNumber(found[2]))).join('');
	};
};

export const operators = { cat, substr };
