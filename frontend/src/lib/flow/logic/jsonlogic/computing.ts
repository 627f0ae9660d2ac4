/** `+ - * / % min max`: doubles, from left to right. What is infinite or no number throws `NaN`. */
import { settle, toNumber } from './coercing.ts';
import { operands, type Operator } from './compiling.ts';
import { INVALID, LogicError } from './errors.ts';

type Step = (first: number, second: number) => number;

interface Folding {
	step: Step;
	/** What it is of no operands; without it that is refused. */
	ofNothing?: number;
	/** What stands before a single operand: -x is 0 - x, /x is 1 / x. */
	beforeOne?: number;
	least?: number;
}

const FOLDINGS: Record<string, Folding> = {
	'+': { step: (first, second) => first + second, ofNothing: 0 },
	'-': { step: (first, second) => first - second, beforeOne: 0 },
	'*': { step: (first, second) => first * second, ofNothing: 1 },
	'/': { step: (first, second) => (second === 0 ? NaN : first / second), beforeOne: 1 },
	'%': { step: (first, second) => first % second, least: 2 },
	min: { step: Math.min },
	max: { step: Math.max }
};

const folding =
	({ step, ofNothing, beforeOne, least = 1 }: Folding): Operator =>
	(raw) => {
		const parts = operands(raw);
		return (scope) => {
			const numbers = parts(scope).map(toNumber);
			if (!numbers.length && ofNothing !== undefined) return ofNothing;
			if (numbers.length < least) throw new LogicError(INVALID);
			if (numbers.length === 1 && beforeOne !== undefined) numbers.unshift(beforeOne);
			return numbers.reduce((total, number) => settle(step(total, number)));
		};
	};

export const operators = Object.fromEntries(Object.entries(FOLDINGS).map(([name, how]) => [name, folding(how)]));
