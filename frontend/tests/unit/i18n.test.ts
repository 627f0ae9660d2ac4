import { describe, expect, test } from 'vitest';
import { isOffered, locales, localesFor } from '../../src/lib/i18n';

const at = (address: string) => localesFor(new URL(address, 'http://x'));

describe('languages of the Kita area only', () => {
	test.each(['/kita', '/kita/c1?ok=x', '/anmelden', '/anmelden?/abmelden'])('%s__is_offered_in_ukrainian', (path) => expect(isOffered('uk', path)).toBe(true));
	test.each(['/', '/leistungen', '/kitas', '/anmeldenx'])('%s__is_not', (path) => expect(isOffered('uk', path)).toBe(false));
	test.each(['/leistungen', '/kita'])('%s__is_offered_in_english', (path) => expect(isOffered('en', path)).toBe(true));
});

describe('languages to choose from', () => {
	test.each(['/kita', '/ar/kita/c1', '/anmelden?weiter=/kita', '/uk/anmelden?weiter=%2Fuk%2Fkita%3Fbox%3D1'])('%s__offers_all', (address) =>
		expect(at(address)).toContain('ar')
	);
	test.each(['/', '/leistungen', '/anmelden', '/anmelden?weiter=/intern', '/anmelden?weiter=https://evil.example/kita'])('%s__offers_those_of_the_site', (address) =>
		expect(at(address)).toEqual(locales)
	);
});
