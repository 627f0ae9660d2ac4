import type { Mailbox, Me } from './types';

/** The mailbox asked for, or the first one that may write to many. */
export function senderOf(me: Me | null, asked: string | null): Mailbox | undefined {
	const senders = (me?.boxes ?? []).filter((box) => box.can_broadcast);
	return senders.find(({ id }) => id === asked) ?? senders[0];
}
