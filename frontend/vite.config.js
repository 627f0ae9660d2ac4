import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';
import { dropUnusedTokens, purge } from './purge.js';

// The policy is strict on purpose: no inline script ever, styles by hash only, no `style` attribute in our markup.
const contentSecurityPolicy = {
	'default-src': ['self'],
	'script-src': ['self'],
	'style-src': ['self'],
	'img-src': ['self', 'data:'],
	'font-src': ['self'],
	'connect-src': ['self'],
	'object-src': ['none'],
	'base-uri': ['self'],
	'form-action': ['self'],
	'frame-ancestors': ['self'] // the page editor shows its preview in a frame of the same origin
};

export default defineConfig({
	plugins: [
		sveltekit({
			adapter: adapter({ precompress: true }),
			inlineStyleThreshold: 64000, // a page is one round trip: all its styles travel in the HTML
			csp: { mode: 'hash', directives: contentSecurityPolicy },
			paths: { relative: false }
		})
	],
	css: {
		preprocessorOptions: { scss: { quietDeps: true } },
		postcss: { plugins: [purge(), dropUnusedTokens()] }
	}
});
