import type { LayoutServerLoad } from './$types';

/**
 * Addresses here carry secret links: never cached, never indexed, never told to another host.
 *
 * `same-origin`, not `no-referrer`: with the latter browsers send `Origin: null` with every form, and Kit's
 * cross-site check (rightly) refuses it. Both keep the address from third parties.
 */
export const load: LayoutServerLoad = ({ setHeaders }) => {
	setHeaders({ 'cache-control': 'no-store', 'referrer-policy': 'same-origin', 'x-robots-tag': 'noindex' });
};
