import { expect, test } from 'vitest';
import { fill, labelOf } from '../../../src/lib/flow/streets';

const MARKT = { street: 'Markt', postcode: '07743', place: 'Jena' };

test('a chosen street brings its postcode and town along', () => {
	const inputs = { street: { value: labelOf(MARKT) }, postcode: { value: '99999' }, place: { value: '' } };
	fill(MARKT, inputs);
	expect(inputs).toEqual({ street: { value: 'Markt' }, postcode: { value: '07743' }, place: { value: 'Jena' } });
});

test('a form that asks for the street only gets the street only', () => {
	const street = { value: 'Markt, 07743 Jena' };
	fill(MARKT, { street, postcode: null, place: null });
	expect(street.value).toBe('Markt');
});
