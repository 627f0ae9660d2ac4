/** `var` reads an answer; `is_empty` asks whether there is one. */
import { NOTHING, type Operator } from '../compiling.ts';
import { BOOL } from '../types.ts';

const variable: Operator = (compiler, name, args, frames) => {
	const [path] = args;
	if (args.length !== 1 || typeof path !== 'string' || !path) return compiler.refuse('rule_arguments');
	const found = compiler.scope.resolve(path, frames);
	if (typeof found === 'string') return compiler.refuse(found);
	for (const read of found.reads) compiler.reads.add(read);
	return { type: found.type, run: found.run, filled: found.filled };
};

/** True for undefined, for an empty list, and for a group or rows in which nothing is answered. */
const isEmpty: Operator = (compiler, name, args, frames) => {
	if (!compiler.hasArgs(args, 1)) return NOTHING;
	const { run, filled, isConstant } = compiler.compile(args[0]!, frames);
	if (isConstant) return compiler.refuse('rule_arguments');
	if (filled) return { type: BOOL, run: (values, rows) => !filled(values, rows) };
	return {
		type: BOOL,
		run: (values, rows) => {
			const found = run(values, rows);
			return found === undefined || (Array.isArray(found) && !found.length);
		}
	};
};

export const operators: Record<string, Operator> = { var: variable, is_empty: isEmpty };
