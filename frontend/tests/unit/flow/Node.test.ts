import { render } from 'svelte/server';
import { describe, expect, test } from 'vitest';
import Node from '../../../src/lib/flow/Node.svelte';
import type { NodeView } from '../../../src/lib/flow/types';

const draw = (node: Partial<NodeView> & Pick<NodeView, 'type'>): string =>
	render(Node, { props: { node: { path: 'p.q', label: 'Frage', required: true, ...node } } }).body;
/** All attributes of the first element that matches. */
const tag = (html: string, pattern: RegExp): string => pattern.exec(html)?.[0] ?? '';

describe('every question', () => {
	test('has a label, its path as name, and names help and error in this order', () => {
		const html = draw({ type: 'text', help: 'Hilfe', errors: [{ code: 'required', message: 'Fehlt.' }] });
		const input = tag(html, /<input[^>]*>/);
		expect(input).toContain('name="p.q"');
		expect(input).toContain('aria-describedby="p.q-hint p.q-error"');
		expect(input).toContain('aria-invalid="true"');
		expect(html).toMatch(/<label[^>]*for="p\.q"/);
		expect(html.indexOf('Hilfe')).toBeLessThan(html.indexOf('Fehlt.'));
		expect(html.indexOf('Fehlt.')).toBeLessThan(html.indexOf('<input'));
	});

	test('is not marked wrong when it is right, and says when it is optional', () => {
		const html = draw({ type: 'text', required: false });
		expect(html).not.toContain('aria-invalid');
		expect(html).toContain('kern-label__optional');
	});

	test('shows text as text', () => {
		expect(draw({ type: 'text', value: '"><script>x</script>' })).not.toContain('<script');
	});
});

describe('keyboards', () => {
	test.each([
		['integer', 'inputmode="numeric"'],
		['money', 'inputmode="decimal"'],
		['email', 'type="email"'],
		['phone', 'type="tel"'],
		['iban', 'autocapitalize="characters"']
	] as const)('%s asks for %s', (type, attribute) => expect(draw({ type })).toContain(attribute));
});

describe('kinds of questions', () => {
	test('a date is three inputs and keeps wrong parts as typed', () => {
		const html = draw({ type: 'date', value: { day: '31', month: '2', year: 'x' }, autocomplete: 'bday' });
		for (const part of ['day', 'month', 'year']) expect(html).toContain(`name="p.q:${part}"`);
		expect(html).toContain('value="31"');
		expect(html).toContain('autocomplete="bday-day"');
	});

	test('radio buttons have an empty value in front and the chosen one checked', () => {
		const html = draw({ type: 'yes_no', value: false });
		expect(html).toMatch(/<input type="hidden" name="p\.q" value=""/);
		expect(tag(html, /<input[^>]*value="false"[^>]*>/)).toContain('checked');
		expect(tag(html, /<input[^>]*value="true"[^>]*>/)).not.toContain('checked');
	});

	test('a ranking is one list a place, the chosen ones selected', () => {
		const options = ['a', 'b', 'c'].map((value) => ({ value, label: value.toUpperCase(), help: '' }));
		const html = draw({ type: 'ranking', options, max: 2, value: ['b'] });
		expect(html.match(/<select/g)).toHaveLength(2);
		expect(html.match(/name="p\.q\[\]"/g)).toHaveLength(3);
		expect(tag(html, /<option[^>]*selected[^>]*value="b"[^>]*>|<option[^>]*value="b"[^>]*selected[^>]*>/)).not.toBe('');
	});

	test('a matrix is a group of radio buttons a question; the one that is open has the plain id', () => {
		const options = ['yes', 'no'].map((value) => ({ value, label: value, help: '' }));
		const questions = ['swim', 'bike'].map((value) => ({ value, label: value, help: '', required: value === 'swim' }));
		const errors = [{ code: 'matrix_incomplete', message: 'Fehlt.', part: 'bike' }];
		const html = draw({ type: 'matrix', options, questions, value: { swim: 'no' }, errors });
		expect(html.match(/<fieldset/g)).toHaveLength(3);
		expect(tag(html, /<input[^>]*name="p\.q:swim" value="no"[^>]*>/)).toContain('checked');
		expect(tag(html, /<input[^>]*id="p\.q"[^>]*>/)).toContain('name="p.q:bike"');
		expect(draw({ type: 'matrix', options, questions, several: true, value: { bike: ['yes'] } })).toContain('name="p.q:bike[]"');
	});

	test('a period is two dates, the wrong one with its message', () => {
		const ends = ['from', 'to'].map((name) => ({ name: name as 'from' | 'to', label: name }));
		const value = { from: '2026-08-01', to: { day: '40', month: '8', year: '2026' } };
		const html = draw({ type: 'date_range', ends, value, errors: [{ code: 'date_impossible', message: 'Falsch.', part: 'to' }] });
		expect(tag(html, /<input[^>]*name="p\.q:from:day"[^>]*>/)).toContain('value="1"');
		expect(tag(html, /<input[^>]*id="p\.q"[^>]*>/)).toContain('name="p.q:to:day"');
		expect(tag(html, /<input[^>]*name="p\.q:to:day"[^>]*>/)).toContain('value="40"');
		expect(html.match(/Falsch\./g)).toHaveLength(1);
	});

	test('a scale is radio buttons with words, zero can be chosen', () => {
		const html = draw({ type: 'scale', options: [{ value: '0', label: 'nie', help: '' }, { value: '1', label: 'oft', help: '' }], value: 0 });
		expect(tag(html, /<input[^>]*value="0"[^>]*>/)).toContain('checked');
	});

	test('a country is a list that browsers can fill in', () => {
		const html = draw({ type: 'country', autocomplete: 'country', options: [{ value: 'DE', label: 'Deutschland', help: '' }] });
		expect(tag(html, /<select[^>]*>/)).toContain('autocomplete="country"');
	});

	test('check boxes post a list', () => {
		const html = draw({ type: 'multi_choice', value: ['a'], options: [{ value: 'a', label: 'A', help: '' }] });
		expect(html).toContain('name="p.q[]"');
	});

	test('rows can be added and removed by buttons of the form, within their limits', () => {
		const rows = [{ id: 'r1', label: 'Kind 1', nodes: [{ path: 'p.q.r1.n', type: 'text', label: 'Name' } as NodeView] }];
		expect(draw({ type: 'group', rows, min: 0, max: 2 })).toMatch(/value="remove:p\.q\.r1"/);
		expect(draw({ type: 'group', rows, min: 0, max: 2 })).toMatch(/value="add:p\.q"/);
		expect(draw({ type: 'group', rows, min: 1, max: 1 })).not.toMatch(/value="(remove|add):/);
	});

	test('uploaded files are listed with a button to remove each; a full list offers no input', () => {
		const files = [{ id: '7', name: 'beleg.pdf', size: 2048, state: 'clean' as const }];
		const html = draw({ type: 'file', files, max: 1 });
		expect(html).toContain('value="drop:p.q:7"');
		expect(html).not.toContain('type="file"');
	});
});

describe('calculated values', () => {
	test('show their value', () => {
		const html = draw({ type: 'calculated', value: '96.00', text: '96,00 €' });
		expect(html).toContain('96,00 €');
		expect(tag(html, /<output[^>]*>/)).not.toMatch(/class="[^"]*waiting/);
	});

	test('say that they wait for answers while there is none, also to the script', () => {
		const html = draw({ type: 'calculated', value: null, text: '' });
		const output = tag(html, /<output[^>]*>[^<]*/);
		expect(output).toContain('data-value="p.q"');
		expect(output).toMatch(/data-waiting="Wird berechnet, sobald[^"]+"/);
		expect(output).toMatch(/>\s*Wird berechnet, sobald/);
		expect(output).toMatch(/class="[^"]*waiting/);
	});
});

describe('questions that depend on this page', () => {
	test('are in the page with the sentence that says when they apply', () => {
		const html = draw({ type: 'text', visible: false, depends_on_step: true, condition: 'Wenn „Hund“ „Ja“ ist' });
		expect(html).toContain('data-depends="hidden"');
		expect(html).toContain('wenn „Hund“ „Ja“ ist');
	});

	test('hidden for other reasons they are not in the page at all', () => {
		expect(draw({ type: 'text', visible: false })).not.toContain('Frage');
	});
});
