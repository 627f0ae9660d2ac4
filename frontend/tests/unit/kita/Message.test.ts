import { render } from 'svelte/server';
import { describe, expect, test } from 'vitest';
import GroupedChecks from '../../../src/lib/kita/GroupedChecks.svelte';
import Message from '../../../src/lib/kita/Message.svelte';
import type { MessageEvent } from '../../../src/lib/kita/types';

const draw = (changes: Partial<MessageEvent> = {}): string => {
	const event: MessageEvent = {
		seq: 7,
		kind: 'message',
		from: 'Igel',
		is_mine: false,
		at: '2026-11-24T09:05:00+01:00',
		text: 'Дякую <b>!',
		language: 'uk',
		is_withdrawn: false,
		can_withdraw: false,
		...changes
	};
	return render(Message, { props: { event } }).body;
};

describe('a message', () => {
	test('is_text_in_its_language_and_direction', () => expect(draw()).toMatch(/<p class="written[^"]*" lang="uk" dir="auto">Дякую &lt;b>!<\/p>/));
	test('of_ones_own__says_so_in_words', () => expect(draw({ is_mine: true })).toContain('Sie · Igel'));
	test('withdrawn__is_a_placeholder', () => {
		const html = draw({ text: null, is_withdrawn: true, can_withdraw: true });
		expect(html).toContain('zurückgezogen');
		expect(html).not.toMatch(/<form|Дякую/);
	});
	test('to_be_withdrawn__asks_before_it_is_done', () => expect(draw({ can_withdraw: true })).toMatch(/<details.*<summary.*<form.*value="7"/s));
	test('that_stays__offers_nothing', () => expect(draw()).not.toContain('<form'));
});

describe('check boxes in groups', () => {
	const items = (count: number, from = 0) => Array.from({ length: count }, (_, at) => ({ value: `v${from + at}`, label: `Kind ${from + at}` }));
	const checks = (groups: { name: string; items: { value: string; label: string }[] }[], value: string[] = [], error = '') =>
		render(GroupedChecks, { props: { id: 'keys', name: 'keys', legend: 'Wer?', groups, value, error } }).body;

	test('few__stand_open_under_their_names', () => {
		const html = checks([{ name: 'Igel', items: items(2) }, { name: 'Bären', items: items(2, 2) }], ['v3']);
		expect(html.match(/<fieldset/g)).toHaveLength(3);
		expect(html).toMatch(/value="v3" checked/);
	});
	test('many__fold_up_but_for_the_first_and_what_is_chosen', () => {
		const groups = [0, 1, 2].map((at) => ({ name: `G${at}`, items: items(9, at * 9) }));
		expect(checks(groups, ['v26']).match(/<details[^>]*\sopen/g)).toHaveLength(2);
	});
	test('wrong__the_summary_leads_to_the_first', () => {
		const html = checks([{ name: 'Igel', items: items(2) }], [], 'Bitte wählen.');
		expect(html).toMatch(/id="keys"[^>]*value="v0"/);
		expect(html).toContain('id="keys-error"');
	});
});
