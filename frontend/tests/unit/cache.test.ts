import { expect, test } from 'vitest';
import { ContentCache } from '../../src/lib/api/cache';

let time = 0;
const cache = (limits: Partial<ContentCache['limits']> = {}) =>
	new ContentCache({ entries: 3, size: 1000, age: 100, ...limits }, () => time);
const fill = (into: ContentCache, ...paths: string[]) => paths.forEach((path) => into.keep(path, `"${path}"`, '{}', {}));
const known = (of: ContentCache, ...paths: string[]) => paths.filter((path) => of.find(path));

test('cache__too_many__forgets_what_was_used_least_recently', () => {
	const content = cache();
	fill(content, 'a', 'b', 'c');
	content.confirm('a');
	fill(content, 'd');
	expect(known(content, 'a', 'b', 'c', 'd')).toEqual(['a', 'c', 'd']);
});

test('cache__too_large__forgets_the_oldest_until_it_fits_and_never_keeps_what_is_larger_than_all', () => {
	const content = cache({ entries: 100, size: 10 });
	content.keep('a', '"1"', '12345', 1);
	content.keep('b', '"1"', '12345', 1);
	content.keep('c', '"1"', '12', 1);
	content.keep('huge', '"1"', 'x'.repeat(11), 1);
	expect(known(content, 'a', 'b', 'c', 'huge')).toEqual(['b', 'c']);
});

test('cache__replaced_again_and_again__counts_its_size_once', () => {
	const content = cache({ size: 10 });
	for (let round = 0; round < 50; round++) content.keep('a', '"1"', '12345', round);
	content.keep('b', '"1"', '12345', 1);
	expect(known(content, 'a', 'b')).toEqual(['a', 'b']);
});

test('cache__not_confirmed_for_too_long__is_forgotten', () => {
	time = 0;
	const content = cache();
	fill(content, 'a', 'b');
	time = 80;
	content.confirm('b');
	time = 120;
	expect(known(content, 'a', 'b')).toEqual(['b']);
	expect(content.count).toBe(1);
});
