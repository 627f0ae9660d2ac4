import { describe, expect, test } from 'vitest';
import { addPoint, begin } from '../../../src/lib/flow/strokes';

const SIZE = { width: 600, height: 200, longest: 8000 };
/** What the server takes (forms_engine/fields/contrib/signature.py). */
const PATH = /^(?:M\d{1,3} \d{1,3}(?: \d{1,3} \d{1,3})*)+$/;

describe('a drawn signature', () => {
	test('is strokes of whole numbers within the area', () => {
		let path = begin('', [10.4, 19.6], SIZE);
		for (const point of [[30, 40], [700, -5]] as [number, number][]) path = addPoint(path, point, SIZE);
		path = addPoint(begin(path, [50, 60], SIZE), [70, 80], SIZE);
		expect(path).toBe('M10 20 10 20 30 40 600 0M50 60 50 60 70 80');
		expect(path).toMatch(PATH);
	});

	test('leaves out points that are too near to be seen', () => {
		expect(addPoint(begin('', [10, 10], SIZE), [11, 11], SIZE)).toBe('M10 10 10 10');
	});

	test('never gets longer than the server takes', () => {
		let path = begin('', [0, 0], SIZE);
		for (let at = 0; at < 5000; at++) path = addPoint(path, [(at * 37) % 600, (at * 53) % 200], SIZE);
		expect(path.length).toBeLessThanOrEqual(SIZE.longest);
		expect(path.length).toBeGreaterThan(SIZE.longest - 20);
		expect(path).toMatch(PATH);
		expect(begin(path, [1, 1], { ...SIZE, longest: path.length })).toBe(path);
	});
});
