import { describe, expect, test } from 'vitest';
import { stepAfter, stepBefore } from '../../../src/lib/flow/links';
import { readSetCookie, safeTarget } from '../../../src/lib/staff/session';

describe('after signing in', () => {
	test.each(['/intern', '/intern/faelle/1?x=1', '/en/konto'])('%s is followed', (target) =>
		expect(safeTarget(target, '/konto')).toBe(target)
	);
	test.each([null, '', 'https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)', '/a b'])(
		'%s is not',
		(target) => expect(safeTarget(target, '/konto')).toBe('/konto')
	);
});

test('cookies of the sign-in service reach the browser with their limits', () => {
	const cookie = readSetCookie('sessionid=abc=; expires=Mon, 07 Dec 2026 16:00:00 GMT; HttpOnly; Max-Age=1209600; Path=/; SameSite=Lax');
	expect(cookie).toMatchObject({ name: 'sessionid', value: 'abc=' });
	expect(cookie.options).toMatchObject({ httpOnly: true, maxAge: 1209600, path: '/', sameSite: 'lax', secure: false });
});

describe('the way through the steps', () => {
	const steps = [{ id: 'a' }, { id: 'b' }, { id: 'c' }];
	test('goes one on, and from the last to the review', () => {
		expect(stepAfter(steps, 'a', 'c', false)).toBe('b');
		expect(stepAfter(steps, 'c', null, false)).toBe('pruefen');
	});
	test('from a change it leads back to the review, or to what it opened', () => {
		expect(stepAfter(steps, 'a', null, true)).toBe('pruefen');
		expect(stepAfter(steps, 'a', 'b', true)).toBe('b');
	});
	test('back stays inside', () => expect(stepBefore(steps, 'a')).toBe('a'));
});
