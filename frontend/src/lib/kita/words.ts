/** Words of the Kita pages for codes and numbers of the API. */
import { formatLocale, getLocale, isSiteLocale } from '#lib/i18n';
import { m } from '#lib/paraglide/messages';
import type { BoxKind, Bulletin, BulletinState, ImportReport, Stats } from './types';

const BOXES: Record<BoxKind, () => string> = {
	personal: m.kita_box_personal,
	group: m.kita_box_group,
	facility: m.kita_box_facility,
	carrier: m.kita_box_carrier,
	city: m.kita_box_city,
	council: m.kita_box_council
};

/** A mailbox by its name; one's own is simply one's own. */
export const boxName = ({ kind, name }: { kind: BoxKind; name: string }): string =>
	kind === 'personal' ? m.kita_box_personal() : name;

export const boxKind = (kind: BoxKind): string => BOXES[kind]?.() ?? '';

const STATES: Record<BulletinState, () => string> = {
	draft: m.kita_state_draft,
	awaiting_second: m.kita_state_awaiting,
	scheduled: m.kita_state_scheduled,
	released: m.kita_state_released,
	withdrawn: m.kita_state_withdrawn
};

export const stateName = (state: BulletinState): string => STATES[state]?.() ?? state;

export const stateBadge = (state: BulletinState): 'info' | 'success' | 'warning' =>
	state === 'released' ? 'success' : state === 'awaiting_second' ? 'warning' : 'info';

const LINES: Record<ImportReport['lines'][number]['state'], () => string> = {
	new: m.kita_import_new,
	changed: m.kita_import_changed,
	same: m.kita_import_same,
	error: m.kita_import_error
};

export const lineState = (state: ImportReport['lines'][number]['state']): string => LINES[state]?.() ?? state;

/** „10.412“ */
export const number = (value: number): string => new Intl.NumberFormat(formatLocale(getLocale())).format(value);

/** „10.412 Personen“; few are not counted, so that nobody can be guessed from a number. */
export function people(count: number | null): string {
	if (count === null) return m.kita_people_few();
	return count === 1 ? m.kita_people_one() : m.kita_people({ count: number(count) });
}

/** „38 von 41 Familien haben bestätigt“ */
export function confirmedText({ confirmed, confirmable }: Pick<Stats, 'confirmed' | 'confirmable'>): string {
	if (confirmable === null) return m.kita_stats_confirmed_few({ confirmed: number(confirmed) });
	return m.kita_stats_confirmed({ confirmed: number(confirmed), total: number(confirmable) });
}

/** „30 von 41 Personen haben gelesen“ */
export function readText({ read, recipients }: Pick<Stats, 'read' | 'recipients'>): string {
	if (recipients === null) return m.kita_stats_read_few({ read: number(read) });
	return m.kita_stats_read({ read: number(read), total: number(recipients) });
}

const REFUSALS: Record<string, () => string> = {
	'': m.kita_refused,
	read_only: m.kita_refused_read_only,
	too_late: m.kita_refused_too_late,
	same_person: m.kita_refused_same_person,
	audience_changed: m.kita_refused_audience_changed,
	client_uuid: m.kita_refused_client_uuid,
	state: m.kita_refused_state
};

/** Refusals that the API words better, where it speaks the language of the page. */
const TRANSLATED: Record<string, () => string> = {
	empty: m.kita_text_missing,
	audience: m.kita_keys_missing,
	children: m.kita_children_missing,
	nobody: m.kita_refused_nobody,
	past: m.kita_refused_past,
	too_far: m.kita_refused_too_far,
	too_long: m.kita_refused_too_long,
	control: m.kita_refused_signs,
	direction: m.kita_refused_signs,
	invisible: m.kita_refused_signs
};

/** Our own words for a refusal, in the language of the page; nothing for a code whose message the API words itself. */
export const refusalWords = (code: string): string =>
	(REFUSALS[code] ?? (isSiteLocale(getLocale()) ? undefined : TRANSLATED[code]))?.() ?? '';

const DONE = new Map<string, () => string>([
	['gesendet', m.kita_done_sent],
	['bestaetigt', m.kita_done_confirmed],
	['zurueckgezogen', m.kita_done_withdrawn],
	['mitteilung-abgesendet', m.kita_done_submitted],
	['mitteilung-wartet', m.kita_done_submitted_second],
	['mitteilung-freigegeben', m.kita_done_approved],
	['mitteilung-zurueckgeholt', m.kita_done_recalled],
	['mitteilung-zurueckgezogen', m.kita_done_bulletin_withdrawn]
]);

/** What has just been done, by the word in the address; nothing for a word nobody knows. */
export const doneText = (word: string): string => DONE.get(word)?.() ?? '';

/** What may still be done with a bulletin, in the order of its life. */
export function stepsOf({ state, can_approve }: Pick<Bulletin, 'state' | 'can_approve'>) {
	return {
		canEdit: state === 'draft',
		canSubmit: state === 'draft',
		canApprove: state === 'awaiting_second' && can_approve,
		canRecall: state === 'awaiting_second' || state === 'scheduled',
		canWithdraw: state === 'released'
	};
}
