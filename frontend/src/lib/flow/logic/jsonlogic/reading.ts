/** `var val exists missing missing_some`: own members and list items only; what is not there is null. */
import { toNumber, toText } from './coercing.ts';
import { compilePart, isObject, operands, single, type Json, type Operator, type Scope } from './compiling.ts';
import { INVALID, LogicError } from './errors.ts';

type Found = Json | undefined;

const INDEX = /^(?:0|[1-9]\d{0,8})$/;
const MOST_STEPS = 1_000;

/** A member of an object or an item of a list; undefined where there is none. */
function member(value: Json, key: Json): Found {
	const name = typeof key === 'number' ? toText(key) : key;
	if (typeof name !== 'string') return undefined;
	if (Array.isArray(value)) return INDEX.test(name) ? value[Number(name)] : undefined;
	return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

function walk(value: Json, keys: Json[]): Found {
	let found: Found = value;
	for (const key of keys) {
		found = member(found, key);
		if (found === undefined) break;
	}
	return found;
}

/** A path of `var`: `a.b.1`, or a number. The empty one means the whole. */
function readPath(path: Json, scope: Scope): Found {
	if (path === null || path === '' || (Array.isArray(path) && !path.length)) return scope.value;
	const text = typeof path === 'number' ? toText(path) : path;
	return typeof text === 'string' ? walk(scope.value, text.split('.')) : undefined;
}

/** Keys of `val`, the first of which may say how far to climb: `[[2], "name"]`. */
function readKeys(keys: Json[], scope: Scope): Found {
	const [jump, ...rest] = keys;
	if (!Array.isArray(jump)) return walk(scope.value, keys);
	let found: Scope | undefined = scope;
	for (let left = stepsUp(jump); found && left > 0; left--) found = found.around;
	return found && walk(found.value, rest);
}

/** `[2]` and `[-2]` both mean two scopes out. */
function stepsUp(jump: Json[]): number {
	const steps = jump[0];
	if (jump.length !== 1 || typeof steps !== 'number') throw new LogicError(INVALID);
	if (!Number.isInteger(toNumber(steps)) || Math.abs(steps) > 2 ** 53) throw new LogicError(INVALID);
	return Math.min(Math.abs(steps), MOST_STEPS);
}

/** With a second operand: what is said where there is no such member. */
const variable: Operator = (raw) => {
	const path = single(raw);
	const otherwise = Array.isArray(raw) && raw.length > 1 ? compilePart(raw[1]!) : () => null;
	return (scope) => {
		const found = readPath(path(scope), scope);
		return found === undefined ? otherwise(scope) : found;
	};
};

const val: Operator = (raw) => {
	const keys = operands(raw);
	return (scope) => readKeys(keys(scope), scope) ?? null;
};

const exists: Operator = (raw) => {
	const keys = operands(raw);
	return (scope) => readKeys(keys(scope), scope) !== undefined;
};

const listMissing = (paths: Json[], scope: Scope): Json[] =>
	paths.filter((path) => ['', null].includes((readPath(path, scope) ?? null) as string | null));

/** The paths under which there is nothing, null or the empty text. */
const missing: Operator = (raw) => {
	const parts = operands(raw);
	return (scope) => {
		const paths = parts(scope);
		return listMissing(Array.isArray(paths[0]) ? paths[0] : paths, scope);
	};
};

/** The missing ones of the paths, unless so many of them are there. */
const missingSome: Operator = (raw) => {
	const parts = operands(raw);
	return (scope) => {
		const [least = null, paths = null] = parts(scope);
		if (!Array.isArray(paths)) throw new LogicError(INVALID);
		const gone = listMissing(paths, scope);
		return paths.length - gone.length >= toNumber(least) ? [] : gone;
	};
};

export const operators = { var: variable, val, exists, missing, missing_some: missingSome };
