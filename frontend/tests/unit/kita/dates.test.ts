import { describe, expect, test } from 'vitest';
import { cityMoment, day, fullTime, when } from '../../../src/lib/kita/dates';

const NOW = new Date('2026-11-24T12:00:00+01:00');

describe('when', () => {
	test.each([
		['2026-11-24T09:05:00+01:00', 'heute, 09:05'],
		['2026-11-23T23:59:00+01:00', 'gestern, 23:59'],
		['2026-11-20T09:05:00+01:00', 'Freitag, 09:05'],
		['2026-11-17T09:05:00+01:00', '17. November'],
		['2025-11-24T09:05:00+01:00', '24. November 2025']
	])('%s__is_told_as__%s', (iso, expected) => expect(when(iso, NOW, 'de')).toBe(expected));

	test('just_after_midnight_in_the_city__is_today__though_it_is_yesterday_in_utc', () =>
		expect(when('2026-11-23T23:30:00Z', NOW, 'de')).toBe('heute, 00:30'));

	test('over_a_change_of_the_clocks__yesterday_stays_yesterday', () =>
		expect(when('2026-10-24T12:00:00+02:00', new Date('2026-10-25T11:30:00+01:00'), 'de')).toBe('gestern, 12:00'));

	test.each([
		['en', 'yesterday, 09:05'],
		['uk', 'учора, 09:05'],
		['tr', 'dün, 09:05'],
		['ar', 'أمس, 09:05']
	] as const)('in_%s__yesterday_has_the_digits_of_the_clock_on_the_wall', (locale, expected) =>
		expect(when('2026-11-23T09:05:00+01:00', NOW, locale)).toBe(expected)
	);
});

test('a_full_time__names_the_day_and_the_clock_of_the_city', () =>
	expect(fullTime('2026-11-24T13:05:00Z', 'de')).toBe('Dienstag, 24. November 2026 um 14:05'));

test.each(['2026-11-24', '2026-11-24T23:30:00+01:00'])('a_day__%s__is_that_day', (iso) =>
	expect(day(iso, 'de')).toBe('24. November 2026')
);

test.each([
	['2026-11-24', '14:30', '2026-11-24T14:30:00+01:00'],
	['2026-07-01', '08:00', '2026-07-01T08:00:00+02:00'],
	['2026-03-29', '03:30', '2026-03-29T03:30:00+02:00'],
	['2026-10-25', '00:30', '2026-10-25T00:30:00+02:00']
])('%s_at_%s__on_the_clocks_of_the_city__is_%s', (isoDay, time, expected) => expect(cityMoment(isoDay, time)).toBe(expected));
