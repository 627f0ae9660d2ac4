/** `age years_between days_between period add_days add_months add_duration year is_valid_date`. Years 1-9999, else undefined. */
import * as calendar from '../calendar.ts';
import { NOTHING, type Operator, type Run } from '../compiling.ts';
import { asWhole, whole, type Decimal } from '../decimal.ts';
import { addDuration, period, type Duration } from '../durations.ts';
import { BOOL, DATE, DURATION, INTEGER, type Type } from '../types.ts';
import type { Value } from '../values.ts';

/** Call with all operands; one undefined makes it undefined. */
const call =
	(runs: Run[], apply: (...found: never[]) => Value): Run =>
	(values, rows) => {
		const found = runs.map((run) => run(values, rows));
		return found.includes(undefined) ? undefined : apply(...(found as never[]));
	};

const today: Run = (values) => values.get('today');

const computing =
	(wanted: Type[], type: Type, apply: (...found: never[]) => Value, further: Run[] = []): Operator =>
	(compiler, name, args, frames) => {
		if (!compiler.hasArgs(args, wanted.length)) return NOTHING;
		const runs = wanted.map((kind, at) => compiler.expect(args[at]!, kind, frames).run);
		return { type, run: call([...runs, ...further], apply) };
	};

const shifting =
	(shift: (day: string, amount: number) => string | undefined) =>
	(day: string, amount: Decimal): Value => {
		const number = asWhole(amount);
		return number === undefined ? undefined : shift(day, number);
	};

const yearsBetween = (start: string, end: string): Value => whole(calendar.yearsBetween(start, end));

function isValidDate(...parts: Decimal[]): boolean {
	const [day = 0, month = 0, year = 0] = parts.map(asWhole);
	return calendar.makeDay(year, month, day) !== undefined;
}

export const operators: Record<string, Operator> = {
	age: computing([DATE], INTEGER, yearsBetween, [today]),
	years_between: computing([DATE, DATE], INTEGER, yearsBetween),
	days_between: computing([DATE, DATE], INTEGER, (start: string, end: string) => whole(calendar.daysBetween(start, end))),
	period: computing([DATE, DATE], DURATION, period),
	add_days: computing([DATE, INTEGER], DATE, shifting(calendar.addDays)),
	add_months: computing([DATE, INTEGER], DATE, shifting(calendar.addMonths)),
	add_duration: computing([DATE, DURATION], DATE, (day: string, span: Duration) => addDuration(day, span)),
	year: computing([DATE], INTEGER, (day: string) => whole(calendar.yearOf(day))),
	is_valid_date: computing([INTEGER, INTEGER, INTEGER], BOOL, isValidDate)
};
