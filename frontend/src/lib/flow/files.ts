/** How files are named to people: sizes and kinds. */

const KINDS: Record<string, string> = {
	'application/pdf': 'PDF',
	'image/jpeg': 'JPG',
	'image/png': 'PNG',
	'image/webp': 'WebP',
	'image/heic': 'HEIC',
	'image/tiff': 'TIFF',
	'text/plain': 'TXT',
	'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'DOCX',
	'application/vnd.oasis.opendocument.text': 'ODT'
};

export function kindsOfFile(accept: string[]): string {
	return accept.map((type) => KINDS[type] ?? type.replace(/^.*[/.]/, '').toUpperCase()).join(', ');
}

const KB = 1024;

/** `1572864` -> `1,5 MB`, counted as file managers and the server do; small files in KB, never 0. */
export function fileSize(bytes: number, decimalMark: string): string {
	if (bytes < 0.95 * KB * KB) return `${Math.max(1, Math.round(bytes / KB))} KB`;
	const text = (bytes / (KB * KB)).toFixed(1).replace(/\.0$/, '');
	return `${text.replace('.', decimalMark)} MB`;
}
