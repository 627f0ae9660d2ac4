/** `and or not xor` with three truth values (Kleene): undefined stays undefined unless the rest decides. */
import { NOTHING, type Operator, type Run } from '../compiling.ts';
import { BOOL } from '../types.ts';

const MOST = 10_000;

/** The first part of truth `decisive` decides. */
export const deciding =
	(parts: Run[], decisive: boolean): Run<boolean> =>
	(values, rows) => {
		let isOpen = false;
		for (const part of parts) {
			const found = part(values, rows);
			if (found === decisive) return decisive;
			isOpen ||= found === undefined;
		}
		return isOpen ? undefined : !decisive;
	};

const junction =
	(decisive: boolean): Operator =>
	(compiler, name, args, frames) => {
		if (!compiler.hasArgs(args, 1, MOST)) return NOTHING;
		const parts = args.map((arg) => compiler.expect(arg, BOOL, frames).run);
		return { type: BOOL, run: deciding(parts, decisive) };
	};

const not: Operator = (compiler, name, args, frames) => {
	if (!compiler.hasArgs(args, 1)) return NOTHING;
	const inner = compiler.expect(args[0]!, BOOL, frames).run;
	return {
		type: BOOL,
		run: (values, rows) => {
			const found = inner(values, rows);
			return found === undefined ? undefined : !found;
		}
	};
};

const xor: Operator = (compiler, name, args, frames) => {
	if (!compiler.hasArgs(args, 2)) return NOTHING;
	const [first, second] = args.map((arg) => compiler.expect(arg, BOOL, frames).run) as [Run, Run];
	return {
		type: BOOL,
		run: (values, rows) => {
			const [one, two] = [first(values, rows), second(values, rows)];
			return one === undefined || two === undefined ? undefined : one !== two;
		}
	};
};

export const operators: Record<string, Operator> = { and: junction(false), or: junction(true), not, '!': not, xor };
