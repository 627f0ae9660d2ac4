/** Shapes of the application API (`/drafts`, `/flows/{key}/check`, `/submissions`) as the pages use them. */

export type FieldType =
	| 'text'
	| 'long_text'
	| 'integer'
	| 'decimal'
	| 'money'
	| 'date'
	| 'yes_no'
	| 'choice'
	| 'multi_choice'
	| 'email'
	| 'phone'
	| 'iban'
	| 'address'
	| 'file'
	| 'content'
	| 'calculated'
	| 'group';

export interface FieldError {
	path: string;
	code: string;
	message: string;
	/** The part of a date or an address that is wrong. */
	part?: string;
}

/** An error as the view of a step gives it: its place is the node. */
export type NodeError = Omit<FieldError, 'path'> & { path?: string };

export interface Option {
	value: string;
	label: string;
	help?: string | null;
}

export interface StoredFile {
	id: string;
	name: string;
	size: number;
	media_type?: string;
}

export interface RowView {
	id: string;
	label: string;
	nodes: NodeView[];
}

export interface AddressPart {
	name: string;
	label: string;
	required: boolean;
	autocomplete?: string | null;
}

/** One question, text or group of a step, ready to draw: texts resolved, visibility decided by the server. */
export interface NodeView {
	path: string;
	type: FieldType;
	label: string;
	help?: string | null;
	required?: boolean;
	visible?: boolean;
	/** Shown or hidden by another answer of the same step. */
	depends_on_step?: boolean;
	/** That condition as a sentence, for people without a script. */
	condition?: string | null;
	value?: unknown;
	text?: string | null;
	errors?: NodeError[];
	options?: Option[];
	display?: string | null;
	autocomplete?: string | null;
	unit?: string | null;
	currency?: string | null;
	max_length?: number | null;
	rows?: RowView[] | number | null;
	parts?: AddressPart[] | null;
	accept?: string[] | null;
	max_bytes?: number | null;
	files?: StoredFile[];
	min?: number | string | null;
	max?: number | string | null;
	nodes?: NodeView[];
	add_label?: string | null;
	item_label?: string | null;
	repeat?: boolean | Record<string, unknown> | null;
	lang?: string | null;
}

export interface StepState {
	id: string;
	title: string;
	state: 'done' | 'error' | 'open';
	index: number;
}

export interface Draft {
	token?: string;
	flow: { key: string; version: number; hash: string; title: string };
	locale: string;
	steps: StepState[];
	next_step: string | null;
	progress: number;
	expires_at: string;
	edited_at: string;
	files: (StoredFile & { path: string })[];
	complete: boolean;
	revision: number;
	visible?: string[];
	ignored?: string[];
}

export interface StepView extends Draft {
	/** `index` counts from 0. */
	step: { id: string; title: string; description?: string | null; index: number; count: number };
	nodes: NodeView[];
	previous: string | null;
	next: string | null;
}

/** An answer as text; a group has `items`, a repeated group `rows`. */
export interface SummaryItem {
	path: string;
	type?: FieldType;
	label: string;
	text?: string;
	lang?: string | null;
	items?: SummaryItem[];
	rows?: { id: string; label: string; items: SummaryItem[] }[];
}

export interface SummarySection {
	step: string;
	title: string;
	lang?: string | null;
	items: SummaryItem[];
}

export interface Summary {
	sections: SummarySection[];
	declaration?: string | null;
	complete: boolean;
	errors: FieldError[];
}

export interface Check {
	questions: NodeView[];
	results: { id: string; title: string; state: 'met' | 'failed' | 'open'; text?: string | null }[];
	eligible: boolean | null;
	needed: { kind: string; text: string }[];
	minutes?: number | null;
	unit?: { key: string; name: string } | string | null;
}

export type CaseStatus = 'received' | 'in_progress' | 'question' | 'decided' | 'closed';

export interface StatusEntry {
	at: string;
	status: CaseStatus;
	status_label: string;
	note?: string | null;
	by?: string | null;
}

export interface Submission {
	reference: string;
	title: string;
	received_at: string;
	status: CaseStatus;
	status_label: string;
	history: StatusEntry[];
	unit?: { key?: string; name: string; email?: string | null; phone?: string | null } | string | null;
	contact?: { name?: string; email?: string | null; phone?: string | null } | string | null;
	pdf_url?: string | null;
}
