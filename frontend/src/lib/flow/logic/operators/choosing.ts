/** `if` and `coalesce`. An undefined condition makes `if` undefined; `coalesce` is the way out of undefined. */
import { NOTHING, type Compiler, type Expr, type Operator, type Run } from '../compiling.ts';
import { BOOL, type Type } from '../types.ts';

const MOST = 1_000;

/** An expression whose branches are all string literals takes its type from outside, as a literal does. */
function flexible(compiler: Compiler, shared: Type, exprs: Expr[], make: (runs: Run[]) => Run): Expr {
	const run = make(exprs.map((expr) => expr.run));
	if (shared.kind !== 'literal') return { type: shared, run };
	return {
		type: shared,
		run,
		recast: (wanted) => {
			const branches = exprs.map((expr) => compiler.cast(expr, wanted));
			const type = branches.find((branch) => !branch.isNothing)?.type ?? wanted;
			return { type, run: make(branches.map((branch) => branch.run)) };
		}
	};
}

const choose =
	(tests: Run[]) =>
	(branches: Run[]): Run =>
	(values, rows) => {
		for (const [at, test] of tests.entries()) {
			const truth = test(values, rows);
			if (truth === undefined) return undefined;
			if (truth) return branches[at]!(values, rows);
		}
		return branches[tests.length]?.(values, rows);
	};

/** `[condition, then, condition, then, …, else]`; without else the rest is undefined. */
const choice: Operator = (compiler, name, args, frames) => {
	if (!compiler.hasArgs(args, 2, MOST)) return NOTHING;
	const pairs = Math.floor(args.length / 2);
	const isTest = (at: number) => at % 2 === 0 && at < 2 * pairs;
	const tests = args.filter((_, at) => isTest(at)).map((arg) => compiler.expect(arg, BOOL, frames).run);
	const branches = args.filter((_, at) => !isTest(at)).map((arg) => compiler.compile(arg, frames));
	const [shared, exprs] = compiler.unify(branches);
	return flexible(compiler, shared, exprs, choose(tests));
};

const firstDefined =
	(runs: Run[]): Run =>
	(values, rows) => {
		for (const run of runs) {
			const found = run(values, rows);
			if (found !== undefined) return found;
		}
		return undefined;
	};

const coalesce: Operator = (compiler, name, args, frames) => {
	if (!compiler.hasArgs(args, 1, MOST)) return NOTHING;
	const [shared, exprs] = compiler.unify(args.map((arg) => compiler.compile(arg, frames)));
	return flexible(compiler, shared, exprs, firstDefined);
};

export const operators: Record<string, Operator> = { if: choice, coalesce };
