/** `if ?: and or ! !! ?? try throw preserve`. Operands are evaluated only where they are needed. */
import { isTrue } from './coercing.ts';
import { compilePart, invalid, operands, single, written, type Json, type Operator, type Scope } from './compiling.ts';
import { LogicError } from './errors.ts';

/** `[condition, then, condition, then, …, else]`; null where nothing holds. */
const choose: Operator = (raw) => {
	const runs = written(raw, 0)?.map(compilePart);
	if (!runs) return invalid();
	return (scope) => {
		let at = 0;
		for (; at + 1 < runs.length; at += 2) if (isTrue(runs[at]!(scope))) return runs[at + 1]!(scope);
		return runs[at]?.(scope) ?? null;
	};
};

/** The first value of truth `decisive`, else the last one; false of nothing. */
const until =
	(decisive: boolean): Operator =>
	(raw) => {
		const runs = written(raw, 0)?.map(compilePart);
		if (!runs) return invalid();
		return (scope) => {
			let value: Json = false;
			for (const run of runs) {
				value = run(scope);
				if (isTrue(value) === decisive) break;
			}
			return value;
		};
	};

const not: Operator = (raw) => {
	const inner = single(raw);
	return (scope) => !isTrue(inner(scope));
};

const truth: Operator = (raw) => {
	const inner = single(raw);
	return (scope) => isTrue(inner(scope));
};

/** The first value that is not null. */
const coalesce: Operator = (raw) => {
	if (!Array.isArray(raw)) {
		const parts = operands(raw);
		return (scope) => parts(scope).find((part) => part !== null) ?? null;
	}
	const runs = raw.map(compilePart);
	return (scope) => {
		for (const run of runs) {
			const value = run(scope);
			if (value !== null) return value;
		}
		return null;
	};
};

/** The first operand that does not throw; each sees the error of the one before, two scopes inside the outer one. */
const attempt: Operator = (raw) => {
	const runs = Array.isArray(raw) && raw.length ? raw.map(compilePart) : [single(raw)];
	return (scope) => {
		let inside: Scope = scope;
		for (let at = 0; ; at++) {
			try {
				return runs[at]!(inside);
			} catch (caught) {
				if (!(caught instanceof LogicError) || at + 1 === runs.length) throw caught;
				inside = { value: caught.error as Json, around: { value: {}, around: scope } };
			}
		}
	};
};

/** A text becomes the type of the error, an object is the error itself. */
const raise: Operator = (raw) => {
	const inner = single(raw);
	return (scope) => {
		throw new LogicError(inner(scope));
	};
};

/** The operand as it is written, not evaluated. */
const preserve: Operator = (raw) => () => raw;

export const operators = {
	if: choose,
	'?:': choose,
	and: until(false),
	or: until(true),
	'!': not,
	'!!': truth,
	'??': coalesce,
	try: attempt,
	throw: raise,
	preserve
};
