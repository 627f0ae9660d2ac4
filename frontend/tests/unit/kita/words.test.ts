import { describe, expect, test } from 'vitest';
import { confirmedText, doneText, people, refusalWords, stepsOf } from '../../../src/lib/kita/words';

test.each([
	[10412, '10.412 Personen'],
	[1, '1 Person'],
	[null, 'weniger als 5 Personen']
])('%s__people_are__%s', (count, expected) => expect(people(count)).toBe(expected));

test('confirmations__are_told_as_a_sentence', () =>
	expect(confirmedText({ confirmed: 38, confirmable: 41 })).toBe('38 von 41 Familien haben bestätigt.'));

test('few_confirmations__do_not_tell_of_how_many', () =>
	expect(confirmedText({ confirmed: 2, confirmable: null })).toContain('weniger als 5'));

test.each(['constructor', '__proto__', 'unbekannt', ''])('an_address_that_says__%s__claims_nothing', (word) => expect(doneText(word)).toBe(''));

test('a_code_without_words_of_ours__leaves_them_to_the_api', () => expect(refusalWords('too_long')).toBe(''));

describe('steps of a bulletin', () => {
	const can = (state: Parameters<typeof stepsOf>[0]['state'], can_approve = false) =>
		Object.entries(stepsOf({ state, can_approve })).filter(([, is]) => is).map(([name]) => name);

	test.each([
		['draft', ['canEdit', 'canSubmit']],
		['awaiting_second', ['canRecall']],
		['scheduled', ['canRecall']],
		['released', ['canWithdraw']],
		['withdrawn', []]
	] as const)('%s__may__%j', (state, expected) => expect(can(state)).toEqual(expected));

	test('awaiting_a_second__the_second_may_approve', () => expect(can('awaiting_second', true)).toContain('canApprove'));
});
