/** What a Kita form brought, as plain values. */

export interface Mistake {
	/** Id of the control; empty for the whole form. */
	path: string;
	code: string;
	message: string;
}

export type Entries = [string, string][];

/** The entries of a form that can be shown again; files cannot. */
export const textsOf = (form: FormData): Entries =>
	[...form.entries()].filter((entry): entry is [string, string] => typeof entry[1] === 'string');

/** The last value wins: a group of radio buttons sends an empty one in front. */
export const lastOf = (entries: Entries, name: string): string => entries.findLast(([key]) => key === name)?.[1] ?? '';

export const allOf = (entries: Entries, name: string): string[] =>
	entries.filter(([key, value]) => key === name && value !== '').map(([, value]) => value);

/** The key of a message as long as it is not used: whoever changes a text that has arrived writes another message. */
export const messageKey = (entries: Entries, errors: Mistake[], fresh: string): string =>
	errors.some(({ code }) => code === 'client_uuid') ? fresh : lastOf(entries, 'client_uuid') || fresh;

/** A text as it was meant: browsers send CRLF, and people leave empty lines at the end. */
export const textIn = (entries: Entries, name: string): string => lastOf(entries, name).replace(/\r\n?/g, '\n').trim();

/** The three boxes of a date as typed. */
export const dateParts = (entries: Entries, name: string) => ({
	day: lastOf(entries, `${name}:day`).trim(),
	month: lastOf(entries, `${name}:month`).trim(),
	year: lastOf(entries, `${name}:year`).trim()
});

/** ISO date of three boxes: `''` when they are empty, `null` when they make no date. */
export function isoDate({ day, month, year }: { day: string; month: string; year: string }): string | null {
	if (!day && !month && !year) return '';
	const iso = `${year.length === 2 ? `20${year}` : year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
	if (!/^\d{4}-\d{2}-\d{2}$/.test(iso)) return null;
	const read = new Date(`${iso}T00:00:00Z`);
	return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(iso) ? iso : null;
}

/** `HH:MM` of what people type for a time (`7`, `7.30`, `07:30 Uhr`): `''` for nothing, `null` for no time. */
export function clockTime(typed: string): string | null {
	const text = typed.trim().replace(/\s*(uhr|h)$/i, '');
	if (!text) return '';
	const found = /^(\d{1,2})(?:[:.](\d{2}))?$/.exec(text);
	const [hours, minutes] = [Number(found?.[1]), Number(found?.[2] ?? 0)];
	if (!found || hours > 23 || minutes > 59) return null;
	return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
}

/** A number of people from a hidden field: empty stands for „fewer than five“. */
export const headcount = (typed: string): number | null => (/^\d+$/.test(typed) ? Number(typed) : null);

/** Items under the name of their group, both in the order they come. */
export function grouped<T extends { group: string }>(items: T[]): { name: string; items: T[] }[] {
	const groups = new Map<string, T[]>();
	for (const item of items) groups.set(item.group, [...(groups.get(item.group) ?? []), item]);
	return [...groups].map(([name, members]) => ({ name, items: members }));
}

/** A code as the letters on paper mean it: capitals, without blanks around. */
export const invitationCode = (typed: string): string => typed.toUpperCase().replace(/\s+/g, '').replace(/[–—]/g, '-');

/** The first event that is news: unread and not one's own. */
export const firstNew = (events: { seq: number; is_mine: boolean }[], readUpTo: number): number | undefined =>
	events.find((event) => event.seq > readUpTo && !event.is_mine)?.seq;
