import { m } from '#lib/paraglide/messages';

/** What all fields share. `id` is the path of the question, so an error summary can link to it. */
export interface FieldProps {
	id: string;
	name: string;
	label: string;
	hint?: string | null;
	error?: string | null;
	optional?: boolean;
}

export const hintId = (id: string): string => `${id}-hint`;
export const errorId = (id: string): string => `${id}-error`;

/** Ids of hint and error for aria-describedby, or nothing when there is neither. */
export function describedBy({ id, hint, error }: Pick<FieldProps, 'id' | 'hint' | 'error'>): string | undefined {
	const ids = [hint ? hintId(id) : '', error ? errorId(id) : ''].filter(Boolean);
	return ids.length ? ids.join(' ') : undefined;
}

export const optionalText = (): string => `(${m.optional()})`;
