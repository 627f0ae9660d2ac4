import { describe, expect, test } from 'vitest';
import { allOf, clockTime, firstNew, grouped, headcount, invitationCode, isoDate, lastOf, messageKey, textIn, textsOf } from '../../../src/lib/kita/posted';

test('files__are_left_out_of_what_can_be_shown_again', () => {
	const form = new FormData();
	form.append('text', 'Hallo');
	form.append('file', new File(['x'], 'x.csv'));
	expect(textsOf(form)).toEqual([['text', 'Hallo']]);
});

describe('entries', () => {
	const entries: [string, string][] = [['to', ''], ['to', 'b1'], ['child', ''], ['child', 'a'], ['child', 'b'], ['text', ' Zeile 1\r\nZeile 2\r\n\r\n']];

	test('a_radio_group__with_its_empty_value_in_front__is_what_was_chosen', () => expect(lastOf(entries, 'to')).toBe('b1'));
	test('check_boxes__are_all_that_were_ticked', () => expect(allOf(entries, 'child')).toEqual(['a', 'b']));
	test('a_text__comes_without_the_line_ends_of_the_browser', () => expect(textIn(entries, 'text')).toBe('Zeile 1\nZeile 2'));
	test('what_was_not_sent__is_empty', () => expect(lastOf(entries, 'nothing') + allOf(entries, 'nothing').join()).toBe(''));
});

test.each([
	[['1', '9', '2027'], '2027-09-01'],
	[['01', '09', '27'], '2027-09-01'],
	[['', '', ''], ''],
	[['31', '2', '2027'], null],
	[['1', '', '2027'], null],
	[['morgen', '', ''], null]
])('boxes__%j__make__%s', ([day = '', month = '', year = ''], expected) => expect(isoDate({ day, month, year })).toBe(expected));

test.each([
	['14:30', '14:30'],
	['7.30 Uhr', '07:30'],
	['8', '08:00'],
	['', ''],
	['24:00', null],
	['7:5', null],
	['mittags', null]
])('time__%s__is__%s', (typed, expected) => expect(clockTime(typed)).toBe(expected));

test.each([
	['10412', 10412],
	['', null],
	['-1', null]
])('headcount__%s__is__%s', (typed, expected) => expect(headcount(typed)).toBe(expected));

test('groups__keep_the_order_of_their_first_member', () => {
	const items = [{ group: 'Alle', name: 'a' }, { group: 'Gruppe', name: 'b' }, { group: 'Alle', name: 'c' }];
	expect(grouped(items).map(({ name, items }) => [name, items.map((item) => item.name).join('')])).toEqual([['Alle', 'ac'], ['Gruppe', 'b']]);
});

describe('the key of a message', () => {
	const entries: [string, string][] = [['client_uuid', 'old']];
	const mistake = (code: string) => [{ path: '', code, message: '' }];
	test('at_first__is_fresh', () => expect(messageKey([], [], 'new')).toBe('new'));
	test('refused__stays', () => expect(messageKey(entries, mistake('too_long'), 'new')).toBe('old'));
	test('used_for_another_text__is_fresh', () => expect(messageKey(entries, mistake('client_uuid'), 'new')).toBe('new'));
});

test('a_code__typed_as_people_do__is_the_code_on_the_paper', () => expect(invitationCode(' abcde–fg hij ')).toBe('ABCDE-FGHIJ'));

describe('the first news', () => {
	const events = [{ seq: 1, is_mine: false }, { seq: 2, is_mine: true }, { seq: 3, is_mine: false }];
	test('is_the_first_unread_one_of_somebody_else', () => expect(firstNew(events, 1)).toBe(3));
	test('is_nothing_when_all_is_read', () => expect(firstNew(events, 3)).toBeUndefined());
});
