import { page } from '#lib/api/client';
import type { ContentPage } from '#lib/api/types';
import type { PageServerLoad } from './$types';

const encoded = (path: string): string => path.split('/').map(encodeURIComponent).join('/');

export const load: PageServerLoad = async ({ locals, params }) => {
	const content = await page<ContentPage>(`/${locals.locale}/pages/${encoded(params.path)}`);
	return { content, translations: content.translations };
};
