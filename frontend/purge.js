// What of KERN's style sheets reaches the browser: only rules whose classes occur in our source, only tokens in use.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import purgecss from '@fullhuman/postcss-purgecss';

const BRAND = 'src/styles/brand.css';
const TOKEN = /--[a-z][a-z0-9-]+/g;
const USE = /var\((--[a-z][a-z0-9-]+)/g;

const read = (file) => readFileSync(file, 'utf8');
const usesIn = (text) => [...text.matchAll(USE)].map((match) => match[1]);

const ourFiles = () =>
	readdirSync('src', { recursive: true })
		.filter((name) => /\.(svelte|css)$/.test(name))
		.map((name) => join('src', name));

/** PurgeCSS removes the rules. Its own purge of variables forgets light against dark, so ours does that. */
export const purge = () =>
	(purgecss.default ?? purgecss)({
		content: ['./src/**/*.{svelte,ts,js}', './src/app.html'],
		// Scoped styles carry a hash that is in no source file; modifiers are put together from a name.
		safelist: { greedy: [/svelte-/, /kern-(alert|badge)--/] }
	});

/**
 * Keeps the tokens a style sheet needs. base.scss comes first on every page and also serves our own styles; forms.scss
 * brings what only forms need, and never repeats a token that brand.css has overridden in between.
 */
export function dropUnusedTokens() {
	return {
		postcssPlugin: 'drop-unused-tokens',
		OnceExit(root, { result }) {
			const sheet = /(base|forms)\.scss/.exec(result.opts.from ?? '')?.[1];
			if (!sheet) return;
			const kept = neededTokens(root, sheet === 'base' ? ourFiles().map(read).flatMap(usesIn) : []);
			const overridden = new Set(sheet === 'forms' ? (read(BRAND).match(TOKEN) ?? []) : []);
			root.walkDecls(/^--kern-/, (decl) => {
				if (!kept.has(decl.prop) || overridden.has(decl.prop)) decl.remove();
			});
			root.walk((node) => {
				if ((node.type === 'rule' || node.type === 'atrule') && node.nodes?.length === 0) node.remove();
			});
		}
	};
}

/** Tokens refer to tokens: everything the rules and the seeds lead to. */
function neededTokens(root, seeds) {
	const references = new Map();
	const queue = [...seeds];
	root.walkDecls((decl) => {
		if (!decl.prop.startsWith('--')) queue.push(...usesIn(decl.value));
		else references.set(decl.prop, [...(references.get(decl.prop) ?? []), ...usesIn(decl.value)]);
	});
	const needed = new Set();
	for (const token of queue) {
		if (needed.has(token)) continue;
		needed.add(token);
		queue.push(...(references.get(token) ?? []));
	}
	return needed;
}
