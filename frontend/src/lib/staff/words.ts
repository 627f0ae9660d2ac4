/** Words of the staff pages for codes of the API. */
import { m } from '#lib/paraglide/messages';
import type { CaseStatus } from '#lib/flow/types';

export const STATUSES: CaseStatus[] = ['received', 'in_progress', 'question', 'decided', 'closed'];

const STATUS_NAMES: Record<CaseStatus, () => string> = {
	received: m.staff_status_received,
	in_progress: m.staff_status_in_progress,
	question: m.staff_status_question,
	decided: m.staff_status_decided,
	closed: m.staff_status_closed
};

export const statusName = (status: CaseStatus): string => STATUS_NAMES[status]?.() ?? status;

export function ageText(days: number): string {
	if (days < 1) return m.staff_today();
	return days === 1 ? m.staff_one_day() : m.staff_days({ count: days });
}
