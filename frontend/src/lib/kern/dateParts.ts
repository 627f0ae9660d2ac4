export interface DateParts {
	day: string;
	month: string;
	year: string;
}

const EMPTY: DateParts = { day: '', month: '', year: '' };

/** The three boxes for a stored date. What is not a date yet stays as the person typed it, in the first box. */
export function splitDate(value: string | Partial<DateParts> | null | undefined): DateParts {
	if (!value) return EMPTY;
	if (typeof value !== 'string') return { ...EMPTY, ...value };
	const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value);
	if (iso) return { day: String(Number(iso[3])), month: String(Number(iso[2])), year: iso[1] ?? '' };
	const german = /^(\d{1,2})\.(\d{1,2})\.(\d{2,4})$/.exec(value.trim());
	if (german) return { day: german[1] ?? '', month: german[2] ?? '', year: german[3] ?? '' };
	return { ...EMPTY, day: value };
}
