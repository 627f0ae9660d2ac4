import { describe, expect, test } from 'vitest';
import { hiddenFields, readPosted, textEntries } from '../../../src/lib/flow/posted';

function form(...pairs: [string, string | File][]): FormData {
	const data = new FormData();
	for (const [name, value] of pairs) data.append(name, value);
	return data;
}

describe('readPosted', () => {
	test('text keeps what was typed, spaces and all', () => {
		expect(readPosted(form(['person.name', '  Zoë ']))).toMatchObject({ answers: { 'person.name': '  Zoë ' } });
	});

	test('a date comes as its three parts, wrong ones too', () => {
		const posted = readPosted(form(['p.born:day', '31'], ['p.born:month', '2'], ['p.born:year', '']));
		expect(posted.answers).toEqual({ 'p.born': { day: '31', month: '2', year: '' } });
	});

	test('a radio question that nobody answered is asked and empty', () => {
		expect(readPosted(form(['p.dog', ''])).answers).toEqual({ 'p.dog': '' });
	});

	test('the chosen radio button wins over the hidden empty field before it', () => {
		expect(readPosted(form(['p.dog', ''], ['p.dog', 'true'])).answers).toEqual({ 'p.dog': 'true' });
	});

	test('check boxes are a list; none ticked is an empty list, not an absent one', () => {
		expect(readPosted(form(['p.days[]', ''])).answers).toEqual({ 'p.days': [] });
		expect(readPosted(form(['p.days[]', ''], ['p.days[]', 'mo'], ['p.days[]', 'fr'])).answers).toEqual({
			'p.days': ['mo', 'fr']
		});
	});

	test('parts have parts and lists: a period, the lines of a matrix', () => {
		const posted = readPosted(
			form(['p.trip:from:day', '1'], ['p.trip:from:month', '8'], ['p.trip:to:day', ''], ['p.care:swim', ''], ['p.care:swim', 'yes'])
		);
		expect(posted.answers).toEqual({ 'p.trip': { from: { day: '1', month: '8' }, to: { day: '' } }, 'p.care': { swim: 'yes' } });
		expect(readPosted(form(['p.care:bike[]', ''], ['p.care:bike[]', 'a'], ['p.care:bike[]', 'b'])).answers).toEqual({
			'p.care': { bike: ['a', 'b'] }
		});
	});

	test('a part called like a prototype is a part', () => {
		const { answers } = readPosted(form(['p.care:__proto__:polluted', 'x']));
		expect(Object.hasOwn(answers['p.care'] as object, '__proto__')).toBe(true);
		expect(({} as Record<string, unknown>).polluted).toBeUndefined();
	});

	test('rows carry their id in the path', () => {
		const posted = readPosted(form(['f.children.r1.name', 'Ida'], ['f.children.r7f3.name', 'Emil']));
		expect(posted.answers).toEqual({ 'f.children.r1.name': 'Ida', 'f.children.r7f3.name': 'Emil' });
	});

	test('names without a dot belong to the page', () => {
		expect(readPosted(form(['do', 'next'], ['key', 'x'], ['attempt', '1'])).answers).toEqual({});
	});

	test('chosen files are listed apart; an empty file input is nothing', () => {
		const file = new File(['x'], 'beleg.pdf', { type: 'application/pdf' });
		const posted = readPosted(form(['p.proof', file], ['p.other', new File([], '')]));
		expect(posted.files).toEqual([{ path: 'p.proof', file }]);
		expect(posted.answers).toEqual({});
	});

	test.each([
		[[], { name: 'next', path: '', id: '' }],
		[[['do', 'add:f.children']], { name: 'add', path: 'f.children', id: '' }],
		[[['do', 'remove:f.children.r1']], { name: 'remove', path: 'f.children.r1', id: '' }],
		[[['do', 'drop:p.proof:4f1c']], { name: 'drop', path: 'p.proof', id: '4f1c' }]
	] as const)('the pressed button %j is read as %j', (pairs, command) => {
		expect(readPosted(form(...(pairs as unknown as [string, string][]))).command).toEqual(command);
	});
});

describe('sending again', () => {
	test('hidden fields read back as the same answers', () => {
		const answers = { 'p.name': 'Zoë', 'p.born': { day: '1', month: '1', year: '1990' }, 'p.days': ['mo'], 'p.none': [] };
		expect(readPosted(form(...hiddenFields(answers))).answers).toEqual(answers);
	});

	test('everything but files is kept, in order and with repeats', () => {
		const data = form(['a.b[]', ''], ['a.b[]', 'x'], ['key', 'k'], ['a.f', new File(['x'], 'f.pdf')]);
		expect(textEntries(data)).toEqual([
			['a.b[]', ''],
			['a.b[]', 'x'],
			['key', 'k']
		]);
	});
});
