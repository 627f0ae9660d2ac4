/** Addresses of the application pages, in the language of the page. */
import { to } from '#lib/i18n';

/** Query that brings a person back to "check your answers" after changing one step. */
export const FROM_REVIEW = 'von=pruefen';

export const stepHref = (token: string, step: string, query = ''): string =>
	to(`/antrag/${encodeURIComponent(token)}${step ? `/${step}` : ''}`) + (query ? `?${query}` : '');

/** A link to one question, for "change" on the review page. */
export function questionHref(token: string, path: string): string {
	const [step = ''] = path.split('.');
	return `${stepHref(token, step, FROM_REVIEW)}#${path}`;
}

/** Where a person goes after a step: on, or back to the review when it was opened from there and nothing is open. */
export function stepAfter(steps: { id: string }[], step: string, nextOpen: string | null, isFromReview: boolean): string {
	if (isFromReview) return nextOpen ?? 'pruefen';
	const index = steps.findIndex(({ id }) => id === step);
	return steps[index + 1]?.id ?? 'pruefen';
}

export function stepBefore(steps: { id: string }[], step: string): string {
	const index = steps.findIndex(({ id }) => id === step);
	return steps[Math.max(0, index - 1)]?.id ?? step;
}
