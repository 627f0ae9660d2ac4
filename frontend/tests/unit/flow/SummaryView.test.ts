import { render } from 'svelte/server';
import { expect, test } from 'vitest';
import SummaryView from '../../../src/lib/flow/SummaryView.svelte';
import type { SummaryItem } from '../../../src/lib/flow/types';

const item = (more: Partial<SummaryItem>): SummaryItem => ({ path: 's.q', type: 'text', label: 'Frage', lang: 'de', text: '', ...more });
const draw = (items: SummaryItem[], change?: (path: string) => string): string =>
	render(SummaryView, { props: { sections: [{ step: 's', title: 'Schritt', lang: 'de', items }], change } }).body.replace(/<!--.*?-->/g, '');
const change = (path: string) => `/antrag/t/s?pruefen#${path}`;

test('a wrong answer stands as typed, with what is wrong and the way to change it', () => {
	const html = draw([item({ type: 'date', text: '31.2.1990', errors: [{ code: 'date_impossible', message: 'Diesen Tag gibt es nicht.' }] })], change);
	expect(html).toContain('31.2.1990');
	expect(html).toContain('Diesen Tag gibt es nicht.');
	expect(html).toContain('href="/antrag/t/s?pruefen#s.q"');
	expect(html).toMatch(/class="line[^"]*wrong/);
});

test('a right answer has no mark, an empty one says so', () => {
	const html = draw([item({ text: 'Ada', errors: [] }), item({ path: 's.r' })], change);
	expect(html).not.toMatch(/class="line[^"]*wrong/);
	expect(html).not.toContain('kern-error');
	expect(html).toContain('keine Angabe');
});

test('what is wrong with a group or a row is said at its heading', () => {
	const rows = [{ id: 'r1', label: 'Kind 1', items: [item({ text: 'Bo' })], errors: [{ code: 'rule_failed', message: 'Zu jung.' }] }];
	const html = draw([item({ type: 'group', label: 'Kinder', rows, errors: [{ code: 'rows_too_few', message: 'Es fehlt eins.' }] })], change);
	expect(html.indexOf('Es fehlt eins.')).toBeLessThan(html.indexOf('Kinder: Kind 1'));
	expect(html.indexOf('Kinder: Kind 1')).toBeLessThan(html.indexOf('Zu jung.'));
});

test('typed text stays text, and a clerk can change nothing', () => {
	const html = draw([item({ text: '<script>x</script>' })]);
	expect(html).not.toContain('<script');
	expect(html).not.toContain('Ändern');
});
