/** The form of a bulletin: what was typed, what is wrong with it, what the API gets. */
import { m } from '#lib/paraglide/messages';
import { cityMoment } from './dates';
import { allOf, clockTime, dateParts, isoDate, lastOf, textIn, type Entries, type Mistake } from './posted';
import type { Bulletin } from './types';

const mistake = (path: string, message: string, code = 'required'): Mistake => ({ path, code, message });

const FIELDS = ['title', 'text', 'language', 'keys', 'is_urgent', 'wants_confirmation', 'expires_on'];

/** The control of an error: one key belongs to all of them, and what has no place stands at the title. */
export const bulletinPlace = (path: string): string =>
	FIELDS.find((name) => path === name || path.startsWith(`${name}.`)) ?? 'title';

export function readBulletin(entries: Entries) {
	const [title, text, keys] = [textIn(entries, 'title'), textIn(entries, 'text'), allOf(entries, 'keys')];
	const expires = isoDate(dateParts(entries, 'expires_on'));
	const errors = [
		...(title ? [] : [mistake('title', m.kita_title_missing())]),
		...(text ? [] : [mistake('text', m.kita_text_missing())]),
		...(keys.length ? [] : [mistake('keys', m.kita_keys_missing())]),
		...(expires === null ? [mistake('expires_on', m.kita_date_wrong(), 'invalid')] : [])
	];
	const body = {
		title,
		text,
		keys,
		is_urgent: lastOf(entries, 'is_urgent') === 'true',
		wants_confirmation: lastOf(entries, 'wants_confirmation') === 'true',
		expires_on: expires || null,
		language: lastOf(entries, 'language') || undefined
	};
	return { errors, body };
}

/** When it shall go out: `''` is as soon as possible. A day without a time means eight in the morning. */
export function readRelease(entries: Entries): { errors: Mistake[]; moment: string } {
	const date = isoDate(dateParts(entries, 'release_on'));
	const time = clockTime(lastOf(entries, 'release_time'));
	const errors = [
		...(date === null || (date === '' && time) ? [mistake('release_on', m.kita_date_wrong(), 'invalid')] : []),
		...(time === null ? [mistake('release_time', m.kita_time_wrong(), 'invalid')] : [])
	];
	return { errors, moment: !errors.length && date ? cityMoment(date, time || '08:00') : '' };
}

type Stored = Pick<Bulletin, 'title' | 'text' | 'language' | 'keys' | 'is_urgent' | 'wants_confirmation' | 'expires_on'>;

/** A stored bulletin as the entries of its form. */
export function entriesOf(stored: Stored): Entries {
	const [year = '', month = '', day = ''] = (stored.expires_on ?? '').split('-');
	return [
		['title', stored.title],
		['text', stored.text],
		['language', stored.language],
		...stored.keys.map((key): [string, string] => ['keys', key]),
		['is_urgent', String(stored.is_urgent)],
		['wants_confirmation', String(stored.wants_confirmation)],
		['expires_on:day', day],
		['expires_on:month', month],
		['expires_on:year', year]
	];
}
