/** The step in the browser. That it says what the server says is what tests/…/logic/test_page_logic.py shows. */
import { describe, expect, test } from 'vitest';
import { parseDecimal, plain } from '../../../../src/lib/flow/logic/decimal';
import { display } from '../../../../src/lib/flow/logic/display';
import { readForm, readInput, UNKNOWN, type Limits } from '../../../../src/lib/flow/logic/inputs';
import { Page, type PageLogic } from '../../../../src/lib/flow/logic/page';
import { isDecimal } from '../../../../src/lib/flow/logic/values';

const LOGIC: PageLogic = {
	outline: [
		{ path: 's', kind: 'step' },
		{ path: 's.dog', kind: 'bool' },
		{ path: 's.mail', kind: 'text' },
		{ path: 's.reply', kind: 'text' },
		{ path: 's.price', kind: 'decimal' },
		{ path: 's.tax', kind: 'decimal', isCalculated: true },
		{ path: 's.kids', kind: 'rows' },
		{ path: 's.kids.name', kind: 'text' },
		{ path: 's.kids.school', kind: 'bool' }
	],
	nodes: [
		{ path: 's.dog', parent: 's', input: 'yes_no' },
		{ path: 's.mail', parent: 's', input: 'opaque' },
		{ path: 's.reply', parent: 's', input: 'text', limits: { max_length: 9 }, visible: { not: { is_empty: { var: 's.mail' } } } },
		{ path: 's.price', parent: 's', input: 'money', limits: { places: 2 }, visible: { var: 's.dog' }, required: { var: 's.dog' } },
		{ path: 's.tax', parent: 's', result: 'money', value: { '*': [{ var: 's.price' }, '0.15'] } },
		{ path: 's.kids', parent: 's' },
		{ path: 's.kids.name', parent: 's.kids', input: 'text', limits: { max_length: 9 } },
		{ path: 's.kids.school', parent: 's.kids', input: 'yes_no', visible: { '==': [{ var: 'row.name' }, 'A'] } }
	],
	values: { today: '2026-03-01', 's.kids': ['r1', 'r2'] }
};

const judge = (...pairs: [string, string][]) => new Page(LOGIC).judge(readForm(pairs));

describe('a page', () => {
	test('shows what an answer brings up, needs it and calculates', () => {
		const found = judge(['s.dog', ''], ['s.dog', 'true'], ['s.price', '12,50']);
		expect(found.get('s.price')).toEqual({ isShown: true, isRequired: true });
		const { value, result } = found.get('s.tax')!;
		expect([isDecimal(value) && plain(value), result]).toEqual(['1.875', 'money']);
	});

	test('takes no value from what is hidden', () => {
		const found = judge(['s.dog', 'false'], ['s.price', '12,50']);
		expect(found.get('s.price')).toEqual({ isShown: false });
		expect(found.get('s.tax')!.value).toBeUndefined();
	});

	test('says nothing where it depends on what only the server can read', () => {
		expect(judge(['s.mail', 'a@beispiel.de']).has('s.reply')).toBe(false);
		expect(judge(['s.mail', '']).get('s.reply')).toEqual({ isShown: false });
		expect(judge(['s.dog', 'true'], ['s.price', '1.234']).get('s.tax')).not.toHaveProperty('result');
	});

	test('judges each row by itself', () => {
		const found = judge(['s.kids.r1.name', 'A'], ['s.kids.r2.name', 'B'], ['s.kids.r1.school', ''], ['s.kids.r2.school', '']);
		expect([found.get('s.kids.r1.school')?.isShown, found.get('s.kids.r2.school')?.isShown]).toEqual([true, false]);
	});
});

describe('an input', () => {
	const read = (kind: string, pairs: [string, string][], limits?: Limits) =>
		readInput(kind, readForm(pairs.map(([part, text]) => [`s.x${part}`, text])).get('s.x')!, limits);
	const day = (...parts: [string, string, string]): [string, string][] => [[':day', parts[0]], [':month', parts[1]], [':year', parts[2]]];

	test('that is blank is undefined, whatever its type', () => {
		for (const kind of ['text', 'money', 'opaque', 'choice']) expect(read(kind, [['', ' ']])).toBeUndefined();
		expect(read('date', day('', '', ''))).toBeUndefined();
	});

	test.each(['1.234', '12 €', '1e3', '0,999'])('%s is left to the server', (text) =>
		expect(read('money', [['', text]], { places: 2 })).toBe(UNKNOWN)
	);

	test('beyond its limits is undefined', () => {
		expect(read('integer', [['', '11']], { max: 10 })).toBeUndefined();
		expect(read('date', day('1', '1', '2030'), { max: '2026-03-01' })).toBeUndefined();
		expect(read('date', day('30', '2', '2024'))).toBeUndefined();
		expect(read('date', day('29', '2', '2024'))).toBe('2024-02-29');
	});

	test('with check boxes is a list', () => expect(read('multi_choice', [['[]', ''], ['[]', 'a'], ['[]', 'b']])).toEqual(['a', 'b']));
});

test.each([
	['1234.5', 'money', '1.234,50 €', '€1,234.50'],
	['-0.075', 'money', '−0,075 €', '−€0.075'],
	['1234567', 'integer', '1.234.567', '1,234,567'],
	['0.5', 'decimal', '0,5', '0.5']
])('%s as %s is written %s', (text, result, german, english) => {
	const value = parseDecimal(text);
	expect([display({ value, result }, false), display({ value, result }, true)]).toEqual([german, english]);
});
