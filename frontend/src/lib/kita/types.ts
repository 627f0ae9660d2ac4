/** Shapes of the messaging API as the Kita pages use them. Times are ISO with offset, dates ISO. */

export type BoxKind = 'personal' | 'group' | 'facility' | 'carrier' | 'city' | 'council';

export interface Mailbox {
	id: string;
	kind: BoxKind;
	name: string;
	can_broadcast: boolean;
	can_write_to_guardians: boolean;
}

export interface Child {
	id: string;
	name: string;
}

/** Who is signed in, and the mailboxes this person opens. */
export interface Me {
	name: string;
	unread: number;
	boxes: Mailbox[];
	children: Child[];
}

export interface ConversationItem {
	id: string;
	kind: 'thread' | 'bulletin' | 'room';
	title: string;
	from: string;
	excerpt: string;
	at: string;
	unread: number;
	is_urgent: boolean;
	wants_confirmation: boolean;
	is_confirmed: boolean;
	children: string[];
}

export interface ConversationList {
	items: ConversationItem[];
	next: string | null;
}

export interface MessageEvent {
	seq: number;
	kind: string;
	from: string;
	is_mine: boolean;
	at: string;
	text: string | null;
	language: string;
	is_withdrawn: boolean;
	can_withdraw: boolean;
}

/** One confirmation that the reader can give: for a child, or (staff) for themselves. */
export interface Confirmation {
	child: string | null;
	name: string;
	is_confirmed: boolean;
	by: string;
}

/** `null` stands for a number too small to be told. */
export interface Stats {
	recipients: number | null;
	read: number;
	confirmed: number;
	confirmable: number | null;
	missing: string[];
}

export interface Conversation {
	id: string;
	kind: 'thread' | 'bulletin' | 'room';
	title: string;
	can_reply: boolean;
	children: Child[];
	with: string[];
	last_seq: number;
	read_up_to: number;
	events: MessageEvent[];
	bulletin: null | {
		is_urgent: boolean;
		wants_confirmation: boolean;
		expires_on: string | null;
		confirmations: Confirmation[];
		stats: Stats | null;
	};
}

export interface Addressees {
	boxes: { id: string; name: string; kind: BoxKind }[];
	children: { id: string; name: string; group: string }[];
}

export interface Audience {
	key: string;
	name: string;
	group: string;
}

export type BulletinState = 'draft' | 'awaiting_second' | 'scheduled' | 'released' | 'withdrawn';

export interface Bulletin {
	id: string;
	box: { id: string; name: string };
	state: BulletinState;
	title: string;
	text: string;
	language: string;
	keys: string[];
	audience: string[];
	/** `null`: fewer than five. */
	recipients: number | null;
	needs_second: boolean;
	is_urgent: boolean;
	wants_confirmation: boolean;
	expires_on: string | null;
	release_at: string | null;
	released_at: string | null;
	created_by: string;
	submitted_by: string;
	approved_by: string;
	can_approve: boolean;
	conversation: string | null;
}

export interface ImportReport {
	dry_run: boolean;
	lines: { line: number; state: 'new' | 'changed' | 'same' | 'error'; text: string }[];
	counts: Partial<Record<'new' | 'changed' | 'same' | 'error', number>>;
}
