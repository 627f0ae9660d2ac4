import { read } from '#lib/kita/server';
import type { ConversationList } from '#lib/kita/types';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const asked = (name: string) => event.url.searchParams.get(name)?.trim() ?? '';
	const filter = { box: asked('box'), q: asked('q'), before: asked('before') };
	const list = await read(event, (api) => api.get<ConversationList>('/conversations', filter));
	return { list, filter, sent: Number(asked('gesendet')) || 0 };
};
