/** An attribute of HTML that Svelte's types do not know yet: the page is first painted when this script has run. */
import 'svelte/elements';

declare module 'svelte/elements' {
	interface HTMLScriptAttributes {
		blocking?: 'render';
	}
}
