import { expect, test } from 'vitest';
import { fileSize, kindsOfFile } from '../../../src/lib/flow/files';

test.each([
	[1, '1 KB'],
	[245_760, '240 KB'],
	[1_572_864, '1,5 MB'],
	[10_485_760, '10 MB']
])('%d bytes read as %s', (bytes, text) => expect(fileSize(bytes, ',')).toBe(text));

test('kinds of files are named as people know them', () => {
	expect(kindsOfFile(['application/pdf', 'image/jpeg', 'application/x-foo'])).toBe('PDF, JPG, X-FOO');
});
