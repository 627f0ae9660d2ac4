import { m } from '#lib/paraglide/messages';
import { lastOf } from '#lib/kita/posted';
import { act } from '#lib/kita/server';
import type { ImportReport } from '#lib/kita/types';
import type { Actions } from './$types';

const LARGEST = 2_000_000;

/** The file as it goes to the API: what was looked at is what is read in. */
function request(content: Uint8Array<ArrayBuffer>, name: string, isTrial: boolean): FormData {
	const body = new FormData();
	body.set('file', new Blob([content], { type: 'text/csv' }), name);
	body.set('dry_run', String(isTrial));
	return body;
}

export const actions: Actions = {
	pruefen: (event) =>
		act(event, async (_entries, api, refuse, form) => {
			const file = form.get('file');
			const complain = (message: string) => refuse([{ path: 'file', code: 'invalid', message }]);
			if (!(file instanceof File) || !file.size) return complain(m.kita_import_file_missing());
			if (file.size > LARGEST) return complain(m.kita_import_too_large());
			const content = await file.arrayBuffer();
			const report = await api.post<ImportReport>('/facilities/imports', request(new Uint8Array(content), file.name, true));
			return { report, name: file.name, content: Buffer.from(content).toString('base64') };
		}),
	einlesen: (event) =>
		act(event, async (entries, api) => {
			const content = Uint8Array.from(Buffer.from(lastOf(entries, 'content'), 'base64'));
			const name = lastOf(entries, 'name') || 'kinder.csv';
			return { report: await api.post<ImportReport>('/facilities/imports', request(content, name, false)), name, content: '' };
		})
};
