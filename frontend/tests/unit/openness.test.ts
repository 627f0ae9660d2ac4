import { describe, expect, test } from 'vitest';
import type { OpeningRules } from '../../src/lib/api/types';
import { addDays, dayOf, nextDays, opennessAt, wallClock, weekdayOf } from '../../src/lib/places/openness';

const open = (weekday: number, from: string, to: string) => ({ weekday, from, to, note: '' });

/** Monday to Thursday 8–12 and 13–18, Friday 8–12. */
function rules(changes: Partial<OpeningRules> = {}): OpeningRules {
	const mornings = [0, 1, 2, 3, 4].map((weekday) => open(weekday, '08:00', '12:00'));
	const afternoons = [0, 1, 2, 3].map((weekday) => open(weekday, '13:00', '18:00'));
	return { timezone: 'Europe/Berlin', regular: [...mornings, ...afternoons], exceptions: [], holidays: [], ...changes };
}

const at = (iso: string) => new Date(iso);

describe('a regular week', () => {
	test('open__within_a_span__says_until_when', () => {
		expect(opennessAt(rules(), at('2026-11-23T10:00:00+01:00'))).toEqual({
			state: 'open',
			until: '12:00',
			isClosingSoon: false
		});
	});

	test('open__at_the_first_minute__is_open', () => {
		expect(opennessAt(rules(), at('2026-11-23T08:00:00+01:00')).state).toBe('open');
	});

	test('closed__at_the_closing_minute__opens_again_after_lunch', () => {
		expect(opennessAt(rules(), at('2026-11-23T12:00:00+01:00'))).toEqual({
			state: 'closed',
			opens: { date: '2026-11-23', time: '13:00', inDays: 0 }
		});
	});

	test('open__half_an_hour_before_the_end__is_closing_soon', () => {
		expect(opennessAt(rules(), at('2026-11-23T17:30:00+01:00'))).toMatchObject({ isClosingSoon: true });
		expect(opennessAt(rules(), at('2026-11-23T17:29:00+01:00'))).toMatchObject({ isClosingSoon: false });
	});

	test('closed__friday_evening__opens_on_monday', () => {
		expect(opennessAt(rules(), at('2026-11-27T19:00:00+01:00'))).toMatchObject({
			opens: { date: '2026-11-30', time: '08:00', inDays: 3 }
		});
	});

	test('open__spans_that_touch__count_as_one', () => {
		const touching = rules({
			regular: [
				open(0, '12:00', '18:00'),
				open(0, '08:00', '12:00')
			]
		});
		expect(opennessAt(touching, at('2026-11-23T11:50:00+01:00'))).toEqual({
			state: 'open',
			until: '18:00',
			isClosingSoon: false
		});
	});
});

describe('the clock on the wall', () => {
	test('summer_time__same_wall_clock__is_open_all_the_same', () => {
		expect(opennessAt(rules(), at('2026-07-06T06:30:00Z')).state).toBe('open'); // 8:30 in Jena
		expect(opennessAt(rules(), at('2026-11-23T06:30:00Z')).state).toBe('closed'); // 7:30 in Jena
	});

	test('night_of_the_change__spring__weekday_and_hour_stay_right', () => {
		expect(wallClock(at('2026-03-29T00:59:00Z'), 'Europe/Berlin')).toEqual({ date: '2026-03-29', minutes: 119 });
		expect(wallClock(at('2026-03-29T01:00:00Z'), 'Europe/Berlin')).toEqual({ date: '2026-03-29', minutes: 180 });
		expect(opennessAt(rules(), at('2026-03-30T06:00:00Z')).state).toBe('open');
	});

	test('night_of_the_change__autumn__the_double_hour_is_no_trouble', () => {
		const night = rules({ regular: [open(6, '02:00', '03:00')] });
		expect(opennessAt(night, at('2026-10-25T00:30:00Z')).state).toBe('open'); // 2:30, first time
		expect(opennessAt(night, at('2026-10-25T01:30:00Z')).state).toBe('open'); // 2:30, second time
		expect(opennessAt(night, at('2026-10-25T02:00:00Z')).state).toBe('closed');
	});

	test('server_in_another_zone__midnight_in_jena__is_the_next_day', () => {
		expect(wallClock(at('2026-11-23T23:00:00Z'), 'Europe/Berlin')).toEqual({ date: '2026-11-24', minutes: 0 });
	});

	test('dates__month_and_leap_year__add_up', () => {
		expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
		expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
		expect(weekdayOf('2026-11-23')).toBe(0);
		expect(weekdayOf('2026-11-29')).toBe(6);
	});
});

describe('past midnight', () => {
	const late = rules({ regular: [open(4, '20:00', '02:00')] });

	test('open__before_midnight__until_two', () => {
		expect(opennessAt(late, at('2026-11-27T23:00:00+01:00'))).toMatchObject({ state: 'open', until: '02:00' });
	});

	test('open__after_midnight__still_from_yesterday', () => {
		expect(opennessAt(late, at('2026-11-28T01:45:00+01:00'))).toEqual({ state: 'open', until: '02:00', isClosingSoon: true });
		expect(opennessAt(late, at('2026-11-28T02:00:00+01:00')).state).toBe('closed');
	});

	test('open__until_24_or_00__is_the_end_of_the_day', () => {
		for (const to of ['24:00', '00:00']) {
			const allDay = rules({ regular: [open(0, '00:00', to)] });
			expect(opennessAt(allDay, at('2026-11-23T23:59:00+01:00'))).toMatchObject({ state: 'open', until: '00:00' });
			expect(opennessAt(allDay, at('2026-11-24T00:00:00+01:00')).state).toBe('closed');
		}
	});
});

describe('special days', () => {
	const holidays = [{ date: '2026-12-25', name: 'Erster Weihnachtstag' }];

	test('holiday__on_a_weekday__is_closed_and_says_why', () => {
		expect(opennessAt(rules({ holidays }), at('2026-12-25T09:00:00+01:00'))).toEqual({
			state: 'closed',
			reason: 'Erster Weihnachtstag',
			opens: { date: '2026-12-28', time: '08:00', inDays: 3 }
		});
	});

	test('exception__closed__wins_over_the_week', () => {
		const exceptions = [{ from: '2026-11-23', to: '2026-11-25', state: 'closed' as const, spans: [], reason: 'Umzug' }];
		expect(opennessAt(rules({ exceptions }), at('2026-11-24T09:00:00+01:00'))).toEqual({
			state: 'closed',
			reason: 'Umzug',
			opens: { date: '2026-11-26', time: '08:00', inDays: 2 }
		});
	});

	test('exception__open_on_a_holiday__wins_over_the_holiday', () => {
		const exceptions = [
			{ from: '2026-12-25', to: '2026-12-25', state: 'open' as const, spans: [{ from: '10:00', to: '11:00' }], reason: 'Notdienst' }
		];
		expect(opennessAt(rules({ holidays, exceptions }), at('2026-12-25T10:30:00+01:00')).state).toBe('open');
	});

	test('exception__open_without_spans__keeps_the_week', () => {
		const exceptions = [{ from: '2026-12-25', to: '2026-12-25', state: 'open' as const, spans: [], reason: '' }];
		expect(dayOf(rules({ holidays, exceptions }), '2026-12-25').spans).toHaveLength(1);
	});

	test('days__the_coming_week__carry_reason_and_spans', () => {
		const days = nextDays(rules({ holidays }), at('2026-12-24T09:00:00+01:00'), 3);
		expect(days.map((day) => [day.date, day.spans.length, day.reason])).toEqual([
			['2026-12-24', 2, undefined],
			['2026-12-25', 0, 'Erster Weihnachtstag'],
			['2026-12-26', 0, undefined]
		]);
	});
});

describe('not known', () => {
	test.each([[null], [undefined], [rules({ regular: [] })]])('unknown__no_rules__claims_nothing', (given) => {
		expect(opennessAt(given, at('2026-11-23T10:00:00+01:00'))).toEqual({ state: 'unknown' });
	});

	test('closed__closed_for_longer_than_we_look__names_no_day', () => {
		const exceptions = [{ from: '2026-11-01', to: '2027-06-30', state: 'closed' as const, spans: [], reason: 'Sanierung' }];
		expect(opennessAt(rules({ exceptions }), at('2026-11-23T10:00:00+01:00'))).toEqual({ state: 'closed', reason: 'Sanierung' });
	});
});
