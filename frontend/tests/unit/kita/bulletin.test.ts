import { describe, expect, test } from 'vitest';
import { bulletinPlace, entriesOf, readBulletin, readRelease } from '../../../src/lib/kita/bulletin';
import type { Entries } from '../../../src/lib/kita/posted';

const date = (name: string, day: string, month: string, year: string): Entries => [
	[`${name}:day`, day],
	[`${name}:month`, month],
	[`${name}:year`, year]
];
const WHOLE: Entries = [['title', 'Ausflug'], ['text', 'Wir fahren.'], ['keys', 'g1'], ['keys', 'g2'], ['is_urgent', 'true']];

describe('a bulletin', () => {
	test('whole__is_what_the_api_gets', () => {
		const { errors, body } = readBulletin([...WHOLE, ...date('expires_on', '1', '9', '2027')]);
		expect(errors).toEqual([]);
		expect(body).toMatchObject({ title: 'Ausflug', keys: ['g1', 'g2'], is_urgent: true, wants_confirmation: false, expires_on: '2027-09-01' });
	});

	test('empty__names_each_missing_part', () =>
		expect(readBulletin([['title', '  ']]).errors.map(({ path }) => path)).toEqual(['title', 'text', 'keys']));

	test('with_an_impossible_day__says_so', () =>
		expect(readBulletin([...WHOLE, ...date('expires_on', '31', '2', '2027')]).errors).toMatchObject([{ path: 'expires_on', code: 'invalid' }]));

	test('stored__fills_in_its_form_unchanged', () => {
		const stored = { title: 'A', text: 'B', language: 'uk', keys: ['g1'], is_urgent: false, wants_confirmation: true, expires_on: '2027-09-01' };
		expect(readBulletin(entriesOf(stored)).body).toMatchObject(stored);
	});
});

test.each([
	['keys.3', 'keys'],
	['text', 'text'],
	['', 'title'],
	['unknown', 'title']
])('an_error_of__%s__stands_at__%s', (path, expected) => expect(bulletinPlace(path)).toBe(expected));

describe('the release', () => {
	test('without_a_day__is_as_soon_as_possible', () => expect(readRelease([])).toEqual({ errors: [], moment: '' }));
	test('with_a_day_only__is_in_the_morning', () =>
		expect(readRelease(date('release_on', '1', '7', '2027')).moment).toBe('2027-07-01T08:00:00+02:00'));
	test('with_a_time_only__asks_for_the_day', () =>
		expect(readRelease([['release_time', '7']]).errors.map(({ path }) => path)).toEqual(['release_on']));
	test('with_a_wrong_time__says_so', () =>
		expect(readRelease([...date('release_on', '1', '7', '2027'), ['release_time', 'mittags']]).errors.map(({ path }) => path)).toEqual(['release_time']));
});
