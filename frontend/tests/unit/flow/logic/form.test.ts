/** Form mode by itself; that it is the same as Python's is what `make fuzz` and tests/…/logic/test_fuzz.py show. */
import { describe, expect, test } from 'vitest';
import { add, compare, divide, multiply, parseDecimal, plain, round, subtract, type Decimal } from '../../../../src/lib/flow/logic/decimal';
import { compileRule, type Frame, type Json } from '../../../../src/lib/flow/logic';
import { Outline } from '../../../../src/lib/flow/logic/outline';
import { ANY } from '../../../../src/lib/flow/logic/types';
import { readValues, writeValue, type Data } from '../../../../src/lib/flow/logic/wire';

const OUTLINE = new Outline([
	{ path: 's', kind: 'step' },
	{ path: 's.yes', kind: 'bool' },
	{ path: 's.open', kind: 'bool' },
	{ path: 's.name', kind: 'text' },
	{ path: 's.price', kind: 'decimal' },
	{ path: 's.born', kind: 'date' },
	{ path: 's.pick', kind: 'enum', values: ['a', 'b'] },
	{ path: 's.many', kind: 'list', values: ['a', 'b', 'c'] },
	{ path: 's.home', kind: 'address', parts: ['street', 'place'] },
	{ path: 's.trip', kind: 'record', members: { from: { kind: 'date' }, to: { kind: 'date' } } },
	{ path: 's.kids', kind: 'rows' },
	{ path: 's.kids.name', kind: 'text' },
	{ path: 's.kids.income', kind: 'decimal' },
	{ path: 's.kids.pets', kind: 'rows' },
	{ path: 's.kids.pets.age', kind: 'integer' }
]);
const ANSWERS: Data = {
	today: '2026-03-01',
	municipality: '16053000',
	's.yes': true,
	's.name': 'Zoë',
	's.price': '12.50',
	's.born': '2008-02-29',
	's.pick': 'b',
	's.many': ['a', 'c'],
	's.home': { place: 'Jena' },
	's.trip': { from: '2026-08-01', to: '2026-08-14' },
	's.kids': ['r1', 'r2'],
	's.kids.r1.name': 'A',
	's.kids.r1.income': '10.10',
	's.kids.r1.pets': ['p1', 'p2'],
	's.kids.r1.pets.p1.age': 3,
	's.kids.r1.pets.p2.age': '4',
	's.kids.r2.name': 'B'
};

function ask(rule: Json, rows: string[] = [], data: Data = ANSWERS): unknown {
	const frames: Frame[] = rows.map((_, at) => ({ group: ['s.kids', 's.kids.pets'][at]! }));
	const { run, findings } = compileRule(rule, OUTLINE, ANY, frames);
	if (findings.size) throw new Error([...findings].join());
	return writeValue(run(readValues(OUTLINE, data), rows));
}

describe('a rule', () => {
	test.each<[Json, unknown]>([
		[{ and: [{ var: 's.yes' }, { var: 's.open' }] }, null],
		[{ or: [{ var: 's.open' }, { var: 's.yes' }] }, true],
		[{ '==': [{ var: 's.name' }, 'Zoe\u0308'] }, true],
		[{ '+': [0.1, 0.2] }, '0.3'],
		[{ '/': [2, 3] }, '0.6666666666666666666666666666666667'],
		[{ round: [{ '*': [{ var: 's.price' }, '1.05'] }, 2] }, '13.13'],
		[{ age: { var: 's.born' } }, '18'],
		[{ add_months: ['2024-01-31', 1] }, '2024-02-29'],
		[{ period: [{ var: 's.born' }, { var: 'today' }] }, 'P18Y1D'],
		[{ '>': [{ period: [{ var: 's.born' }, { var: 'today' }] }, 'P18Y'] }, true],
		[{ days_between: [{ var: 's.trip.from' }, { var: 's.trip.to' }] }, '13'],
		[{ in: ['c', { var: 's.many' }] }, true],
		[{ cat: [{ var: 's.home.place' }, ' ', { var: 's.price' }] }, 'Jena 12.5'],
		[{ sum: { var: 's.kids.income' } }, '10.1'],
		[{ count: { var: 's.kids' } }, '2'],
		[{ sum: [{ var: 's.kids.pets.age' }] }, '7'],
		[{ some: [{ var: 's.kids' }, { some: [{ var: 'row.pets' }, { '==': [{ var: 'outer.name' }, 'A'] }] }] }, true],
		[{ all: [{ var: 's.kids' }, { '>': [{ var: 'row.income' }, 5] }] }, null],
		[{ is_empty: { var: 's.kids' } }, false],
		[{ coalesce: [{ var: 's.open' }, false] }, false]
	])('%j is %j', (rule, expected) => expect(ask(rule)).toEqual(expected));

	test('in a row means that row', () => {
		expect(ask({ var: 'row.name' }, ['s.kids.r2'])).toBe('B');
		expect(ask({ cat: [{ var: 'outer.name' }, { var: 'row.age' }] }, ['s.kids.r1', 's.kids.r1.pets.p2'])).toBe('A4');
		expect(ask({ is_empty: { var: 'row.income' } }, ['s.kids.r2'])).toBe(true);
	});

	test.each<[Json, string]>([
		[{ var: 's.nope' }, 'question_unknown'],
		[{ var: '__proto__' }, 'question_unknown'],
		[{ var: 's' }, 'no_value'],
		[{ var: 'row.name' }, 'row_outside'],
		[{ '==': [{ var: 's.price' }, { var: 's.born' }] }, 'type_clash'],
		[{ '==': [{ var: 's.price' }, '1,5'] }, 'literal_not_number'],
		[{ '==': [{ var: 's.born' }, '2023-02-29'] }, 'literal_not_date'],
		[{ '==': [{ var: 's.pick' }, 'z'] }, 'literal_not_in_list'],
		[{ constructor: [] }, 'rule_operator_unknown'],
		[null, 'rule_null']
	])('%j is told as %s', (rule, code) => expect([...compileRule(rule, OUTLINE, ANY).findings]).toEqual([code]));

	test('with a finding is undefined', () => {
		const { run } = compileRule({ coalesce: [{ var: 's.nope' }, 'x'] }, OUTLINE, ANY);
		expect(run(readValues(OUTLINE, ANSWERS), [])).toBeUndefined();
	});
});

describe('values', () => {
	test('that do not fit their type are left out', () => {
		const values = readValues(OUTLINE, { 's.yes': 'true', 's.name': ' \u2028', 's.price': '1,5', 's.born': '2023-02-29', 's.pick': 'z', 's.kids': ['r1', 'r1'] });
		expect([...values.keys()]).toEqual(['s.kids', 's.kids#']);
		expect(values.get('s.kids')).toEqual([]);
	});
});

describe('decimals', () => {
	const number = (text: string): Decimal => parseDecimal(text)!;
	const text = (found: Decimal | undefined): string | undefined => found && plain(found);
	const power = (factor: Decimal, times: number): Decimal | undefined =>
		Array.from({ length: times }, () => factor).reduce<Decimal | undefined>((total, next) => total && multiply(total, next), number('1'));

	test('are exact', () => {
		expect(text(multiply(number('1.15'), number('100')))).toBe('115');
		expect(text(subtract(number('9007199254740993'), number('9007199254740992')))).toBe('1');
		expect(compare(number('2.50'), number('2.5'))).toBe(0);
		expect(plain(number('-0.00'))).toBe('0');
	});

	test('are rounded half to even at 34 digits, commercially by round', () => {
		const nines = number('9'.repeat(34));
		expect(text(add(nines, number('0.5')))).toBe(`1${'0'.repeat(34)}`);
		expect(text(add(number(`${'9'.repeat(33)}8`), number('0.5')))).toBe(`${'9'.repeat(33)}8`);
		expect(text(round(number('2.5'), 0))).toBe('3');
		expect(text(round(number('-1.005'), 2))).toBe('-1.01');
		expect(text(round(number('1250'), -2))).toBe('1300');
	});

	test('beyond their range and divided by zero are undefined', () => {
		expect(power(number('1e+50'), 122)).toBeDefined();
		expect(power(number('1e+50'), 123)).toBeUndefined();
		expect(power(number('1e-50'), 123)).toBeUndefined();
		expect(divide(number('1'), number('0'))).toBeUndefined();
		expect(round(power(number('1e+50'), 100)!, 2)).toBeUndefined();
	});
});
