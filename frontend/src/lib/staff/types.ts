/** Shapes of the staff API. */
import type { CaseStatus, StatusEntry, SummarySection } from '#lib/flow/types';

export interface Me {
	authenticated: boolean;
	name: string;
	email: string;
	roles: string[];
	units: { key: string; name: string }[];
}

export interface Person {
	id: number;
	name: string;
}

export interface CaseRow {
	id: string;
	reference: string;
	title: string;
	status: CaseStatus;
	status_label: string;
	received_at: string;
	assigned_to: Person | null;
	unit: { key: string; name: string };
	age_days: number;
	deliveries_failed: number;
}

export interface CaseList {
	items: CaseRow[];
	count: number;
	page: number;
	pages: number;
}

export interface CaseFile {
	id: string;
	name: string;
	size: number;
	url: string;
}

export interface Delivery {
	id: string;
	destination: string;
	label: string;
	state: string;
	state_label: string;
	attempts: number;
	last_error: string;
	due_at: string;
}

export interface DeadLetter extends Delivery {
	reference: string;
	title: string;
	case_id: string | null;
}

export interface CaseDetail extends CaseRow {
	sections: SummarySection[];
	files: CaseFile[];
	history: StatusEntry[];
	deliveries: Delivery[];
	declaration: string;
	allowed_statuses: CaseStatus[];
	colleagues: Person[];
	/** The applicant left an address: notes reach them by mail too. */
	email_known: boolean;
	pdf_url: string;
}
