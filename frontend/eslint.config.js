import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

export default ts.config(
	{ ignores: ['build/', '.svelte-kit/', 'src/lib/paraglide/', 'src/lib/api/schema.d.ts', 'node_modules/'] },
	...ts.configs.recommended,
	...svelte.configs.recommended,
	{ languageOptions: { globals: { ...globals.node, ...globals.browser } } },
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'] } }
	},
	{
		rules: {
			// Editors' rich text is cleaned on the server when it is saved; it goes through <RichText> and nowhere else.
			'svelte/no-at-html-tags': 'error',
			// Links are localised by `to()`; the base path is always empty here.
			'svelte/no-navigation-without-resolve': 'off',
			'no-console': ['error', { allow: ['error', 'warn'] }]
		}
	},
	{ files: ['server.js', 'server/**', 'tests/**', 'scripts/**'], rules: { 'no-console': 'off' } }
);
