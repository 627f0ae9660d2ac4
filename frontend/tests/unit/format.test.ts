import { describe, expect, test } from 'vitest';
import type { Deadline, Fee } from '../../src/lib/api/types';
import {
	addressLines,
	clockTime,
	deadline,
	duration,
	feeAmount,
	feeRows,
	fileSize,
	longDate,
	mainFee,
	money,
	processingTime,
	telephoneHref,
	timeSpan,
	weekdayName
} from '../../src/lib/format';

const fee = (changes: Partial<Fee>): Fee => ({
	kind: 'fixed',
	label: 'Gebühr',
	amount: null,
	amount_max: null,
	currency: 'EUR',
	rows: [],
	text: '',
	legal_basis: '',
	...changes
});
const due = (changes: Partial<Deadline>) =>
	deadline({ kind: 'apply', label: '', amount: null, unit: null, date: null, text: '', ...changes });

describe('money', () => {
	test.each([
		['12.50', 'de', '12,50\u00a0Euro'],
		['108.00', 'de', '108\u00a0Euro'],
		['1234567.89', 'de', '1.234.567,89\u00a0Euro'],
		['0.10', 'de', '0,10\u00a0Euro'],
		['12.50', 'en', '€12.50'],
		['12.50', 'de-simple', '12,50\u00a0Euro']
	] as const)('money__%s_in_%s__reads_%s', (amount, locale, expected) => {
		expect(money(amount, 'EUR', locale)).toBe(expected);
	});

	test('money__more_digits_than_a_double_holds__stays_exact', () => {
		expect(money('9007199254740993.01', 'EUR', 'de')).toBe('9.007.199.254.740.993,01\u00a0Euro');
	});

	test('money__another_currency__names_it', () => {
		expect(money('5', 'CHF', 'de')).toBe('5 CHF');
	});
});

describe('fees', () => {
	test('fee__free_range_fixed_formula__each_in_words', () => {
		expect(feeAmount(fee({ kind: 'free' }))).toBe('Kostenlos');
		expect(feeAmount(fee({ amount: '37.00' }))).toBe('37\u00a0Euro');
		expect(feeAmount(fee({ kind: 'range', amount: '100.00', amount_max: '250.00' }))).toBe('100 bis 250\u00a0Euro');
		expect(feeAmount(fee({ kind: 'formula', text: '0,6 Prozent der Baukosten' }))).toBe('0,6 Prozent der Baukosten');
	});

	test('fee_rows__amount_not_yet_known__is_empty', () => {
		const rows = [
			{ label: 'Erster', amount: '108.00' },
			{ label: 'Zweiter', amount: null }
		];
		expect(feeRows(fee({ kind: 'table', rows }))).toEqual([
			{ label: 'Erster', amount: '108\u00a0Euro' },
			{ label: 'Zweiter', amount: '' }
		]);
	});

	test('main_fee__a_table__spans_its_rows_in_order_of_amount', () => {
		const rows = [
			{ label: 'Erster', amount: '108.00' },
			{ label: 'Gefährlich', amount: '1000.00' },
			{ label: 'Klein', amount: '12.00' }
		];
		expect(mainFee([fee({ kind: 'table', rows })])).toBe('12 bis 1.000\u00a0Euro');
		expect(mainFee([])).toBe('');
	});
});

describe('dates and times', () => {
	test('date__iso_day__does_not_slip_into_the_day_before', () => {
		expect(longDate('2026-12-24', 'de')).toBe('24. Dezember 2026');
		expect(longDate('2026-01-01', 'en')).toBe('1 January 2026');
	});

	test('date__moment_late_in_the_evening__is_the_day_in_berlin', () => {
		expect(longDate('2026-12-31T23:30:00Z', 'de')).toBe('1. Januar 2027');
	});

	test('weekday__monday_is_zero', () => {
		expect(weekdayName(0, 'de')).toBe('Montag');
		expect(weekdayName(6, 'en')).toBe('Sunday');
	});

	test('time__as_people_say_it', () => {
		expect(clockTime('08:00', 'de')).toBe('8 Uhr');
		expect(clockTime('08:30', 'de')).toBe('8:30 Uhr');
		expect(clockTime('08:00', 'en')).toBe('08:00');
		expect(timeSpan({ from: '08:00', to: '12:30' }, 'de')).toBe('8 bis 12:30 Uhr');
		expect(timeSpan({ from: '08:00', to: '12:30' }, 'en')).toBe('08:00 to 12:30');
	});
});

describe('durations and deadlines', () => {
	test('duration__one_many_range_unknown_unit', () => {
		expect(duration(1, 'week')).toBe('1 Woche');
		expect(duration(3, 'weeks')).toBe('3 Wochen');
		expect(duration(2, 'month', 3)).toBe('2 bis 3 Monate');
		expect(duration(2, 'moon')).toBe('');
	});

	test('processing_time__words_of_the_editors_win', () => {
		expect(processingTime({ min: 1, max: 2, unit: 'week', text: 'Etwa zwei Wochen' })).toBe('Etwa zwei Wochen');
		expect(processingTime({ min: 1, max: 2, unit: 'week', text: '' })).toBe('1 bis 2 Wochen');
		expect(processingTime(null)).toBe('');
	});

	test('deadline__text_then_date_then_amount', () => {
		expect(due({ text: 'Sofort', date: '2026-01-01' })).toBe('Sofort');
		expect(due({ date: '2027-07-01' })).toBe('1. Juli 2027');
		expect(due({ amount: 14, unit: 'day' })).toBe('14 Tage');
	});
});

test('address__object_or_text__in_lines', () => {
	expect(addressLines({ street: 'Am Anger', house_number: '28', postcode: '07743', place: 'Jena' })).toEqual([
		'Am Anger 28',
		'07743 Jena'
	]);
	expect(addressLines('Stadt Jena, Am Anger 28, 07743 Jena')).toEqual(['Stadt Jena', 'Am Anger 28', '07743 Jena']);
});

test('telephone__german_number__becomes_international', () => {
	expect(telephoneHref('03641 49-0022')).toBe('tel:+493641490022');
	expect(telephoneHref('+49 3641 49')).toBe('tel:+49364149');
	expect(telephoneHref('115')).toBe('tel:115');
});

test('file_size__in_the_language_of_the_page', () => {
	expect(fileSize(1_234_567, 'de')).toBe('1,2 MB');
	expect(fileSize(512_000, 'en')).toBe('512 kB');
});
