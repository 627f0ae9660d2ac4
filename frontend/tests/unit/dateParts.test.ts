import { expect, test } from 'vitest';
import { splitDate } from '../../src/lib/kern/dateParts';

test.each([
	['2026-01-09', { day: '9', month: '1', year: '2026' }],
	['1.1.1990', { day: '1', month: '1', year: '1990' }],
	['morgen', { day: 'morgen', month: '', year: '' }],
	[{ day: '31', month: '2' }, { day: '31', month: '2', year: '' }],
	[null, { day: '', month: '', year: '' }],
	['', { day: '', month: '', year: '' }]
])('date__%j__fills_the_boxes_as_typed', (value, expected) => {
	expect(splitDate(value)).toEqual(expected);
});
