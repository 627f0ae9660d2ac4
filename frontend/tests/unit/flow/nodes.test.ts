import { describe, expect, test } from 'vitest';
import {
	chosen,
	dateParts,
	findNode,
	inputText,
	isDrawn,
	summaryErrors,
	usesSelect,
	withErrors
} from '../../../src/lib/flow/nodes';
import type { NodeView } from '../../../src/lib/flow/types';

const node = (path: string, more: Partial<NodeView> = {}): NodeView => ({ path, type: 'text', label: path, ...more });
const wrong = (path: string, message = path) => ({ path, code: 'x', message });

const nodes: NodeView[] = [
	node('p.name'),
	node('p.kids', { type: 'group', rows: [{ id: 'r1', label: 'Kind 1', nodes: [node('p.kids.r1.name')] }] }),
	node('p.home', { type: 'address' })
];

describe('errors find their place', () => {
	test('an error stands at its own question, also inside a row', () => {
		const dressed = withErrors(nodes, [wrong('p.kids.r1.name')]);
		expect(findNode(dressed, 'p.kids.r1.name')?.errors).toHaveLength(1);
		expect(findNode(dressed, 'p.kids')?.errors).toHaveLength(0);
	});

	test('an error of a part belongs to the whole address', () => {
		expect(findNode(nodes, 'p.home.postcode')?.path).toBe('p.home');
	});

	test('names that only begin alike are different questions', () => {
		expect(findNode([node('p.name'), node('p.name2')], 'p.name2')?.path).toBe('p.name2');
	});

	test('the summary follows the order of the page; an error without a place leads to the page', () => {
		const errors = [wrong('p.home'), wrong('', 'general'), wrong('p.name')];
		expect(summaryErrors(nodes, errors)).toEqual([
			{ id: 'p.name', message: 'p.name' },
			{ id: 'p.home', message: 'p.home' },
			{ id: 'inhalt', message: 'general' }
		]);
	});

	test('an error in one of several rows says in which', () => {
		const row = (id: string, label: string) => ({ id, label, nodes: [node(`p.kids.${id}.name`)] });
		const group = node('p.kids', { type: 'group', rows: [row('r1', 'Kind 1'), row('r2', 'Kind 2')] });
		expect(summaryErrors([group], [wrong('p.kids.r2.name', 'Name fehlt')])).toEqual([
			{ id: 'p.kids.r2.name', message: 'Name fehlt', label: 'Kind 2' }
		]);
	});

	test('what was typed stands in the field again, whatever the server stored', () => {
		const dressed = withErrors(nodes, [wrong('p.name')], { 'p.name': 'as typed' });
		expect(dressed[0]?.value).toBe('as typed');
	});
});

describe('values in controls', () => {
	test.each([
		['1990-01-02', { day: '2', month: '1', year: '1990' }],
		[{ day: '31', month: '2', year: '' }, { day: '31', month: '2', year: '' }],
		['31.2.1990', { day: '31', month: '2', year: '1990' }],
		['gestern', { day: 'gestern', month: '', year: '' }],
		[null, { day: '', month: '', year: '' }]
	])('date %j', (value, parts) => expect(dateParts(value)).toEqual(parts));

	test('amounts take the decimal mark of the language, text never does', () => {
		expect(inputText(node('a', { type: 'money', value: '12.50' }), ',')).toBe('12,50');
		expect(inputText(node('a', { type: 'money', value: '12,5x' }), ',')).toBe('12,5x');
		expect(inputText(node('a', { type: 'text', value: '12.50' }), ',')).toBe('12.50');
	});

	test('chosen values are texts; false is an answer, nothing is none', () => {
		expect([chosen(false), chosen(null), chosen(['a']), chosen('')]).toEqual([['false'], [], ['a'], []]);
	});

	test('few options stay open, many become a drop-down, the form may decide', () => {
		const options = (count: number) => Array.from({ length: count }, (_, index) => ({ value: `${index}`, label: '', help: '' }));
		expect(usesSelect(node('a', { options: options(3) }))).toBe(false);
		expect(usesSelect(node('a', { options: options(20) }))).toBe(true);
		expect(usesSelect(node('a', { options: options(20), display: 'radio' }))).toBe(false);
	});

	test('a hidden question is drawn only where this page may bring it back', () => {
		expect(isDrawn(node('a', { visible: false }))).toBe(false);
		expect(isDrawn(node('a', { visible: false, depends_on_step: true }))).toBe(true);
	});
});
