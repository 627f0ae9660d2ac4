import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

// On its own: Kit's and Paraglide's plugins keep Vitest alive for ten seconds after the last test.
export default defineConfig({
	plugins: [svelte()],
	resolve: { alias: { '#lib': fileURLToPath(new URL('./src/lib', import.meta.url)) } },
	test: { include: ['tests/unit/**/*.test.ts', 'src/**/*.test.ts'], environment: 'node' }
});
