import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const read = (path: string): Record<string, string> => JSON.parse(readFileSync(path, 'utf8'));
const folders = ['messages', 'messages/flow', 'messages/staff', 'messages/kita'].filter((folder) => readdirSync(folder).includes('de.json'));
/** Names of the texts that the sources below these folders use. */
const usedIn = (...folders: string[]): string[] =>
	folders
		.flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`))
		.filter((path) => /\.(svelte|ts)$/.test(path))
		.flatMap((path) => [...readFileSync(path, 'utf8').matchAll(/\bm\.([a-z]\w+)/g)].map((match) => match[1] ?? ''));
const names = (text: unknown) => [...JSON.stringify(text).matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();

describe.each(folders)('%s', (folder) => {
	const german = read(`${folder}/de.json`);

	test.each(['en', 'de-simple'])('texts__in_%s__are_the_same_keys_with_the_same_placeholders', (locale) => {
		const other = read(`${folder}/${locale}.json`);
		expect(Object.keys(other).sort()).toEqual(Object.keys(german).sort());
		const differing = Object.keys(german).filter((key) => String(names(german[key])) !== String(names(other[key])));
		expect(differing).toEqual([]);
	});
});

/** Languages of the Kita area: all of its texts, and of the others those that its pages share. */
describe.each(['uk', 'ar', 'tr'])('%s', (locale) => {
	test('texts_of_the_kita_area__are_the_same_keys', () =>
		expect(Object.keys(read(`messages/kita/${locale}.json`)).sort()).toEqual(Object.keys(read('messages/kita/de.json')).sort()));

	test('texts_that_the_kita_pages_use__are_all_there', () => {
		const known = ['messages', 'messages/flow', 'messages/kita'].flatMap((folder) => Object.keys(read(`${folder}/${locale}.json`)));
		expect(usedIn('src/routes/(kita)', 'src/lib/kita').filter((key) => !known.includes(key))).toEqual([]);
	});

	test.each(['messages', 'messages/flow', 'messages/kita'])('texts_in_%s__have_the_placeholders_of_the_german_ones', (folder) => {
		const german = read(`${folder}/de.json`);
		const other = read(`${folder}/${locale}.json`);
		expect(Object.keys(other).filter((key) => String(names(german[key])) !== String(names(other[key])))).toEqual([]);
	});
});
