/** `cat` and `length`. Length counts code points after NFC. */
import { NOTHING, type Operator, type Run } from '../compiling.ts';
import { whole } from '../decimal.ts';
import { INTEGER, isNumber, isTextual, TEXT } from '../types.ts';
import { textLength, toText } from '../values.ts';

const MOST = 1_000;
const LONGEST = 100_000;

/** Join texts, numbers (plain, with a point) and dates (ISO). */
const cat: Operator = (compiler, name, args, frames) => {
	if (!compiler.hasArgs(args, 1, MOST)) return NOTHING;
	const exprs = args.map((arg) => compiler.compile(arg, frames));
	const isJoinable = exprs.every(({ type }) => isTextual(type) || isNumber(type) || ['date', 'any'].includes(type.kind));
	if (!isJoinable) return compiler.refuse('type_clash');
	return {
		type: TEXT,
		run: (values, rows) => {
			let joined = '';
			for (const { run } of exprs) {
				const text = toText(run(values, rows));
				if (text === undefined) return undefined;
				joined += text;
			}
			return joined.length > LONGEST && [...joined].length > LONGEST ? undefined : joined;
		}
	};
};

const length: Operator = (compiler, name, args, frames) => {
	if (!compiler.hasArgs(args, 1)) return NOTHING;
	const inner = compiler.expect(args[0]!, TEXT, frames).run as Run<string>;
	return {
		type: INTEGER,
		run: (values, rows) => {
			const found = inner(values, rows);
			return found === undefined ? undefined : whole(textLength(found));
		}
	};
};

export const operators: Record<string, Operator> = { cat, length };
