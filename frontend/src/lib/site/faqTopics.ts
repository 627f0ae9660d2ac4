import type { FaqItem, LifeSituation } from '#lib/api/types';

export interface Topic {
	slug: string;
	title: string;
	lang?: string;
	items: FaqItem[];
}

/** Questions under their life situations, in the order of those; what belongs to none comes last, under `rest`. */
export function faqTopics(items: FaqItem[], situations: LifeSituation[], rest: string): Topic[] {
	const known = new Set(situations.map(({ slug }) => slug));
	const topics: Topic[] = situations.map(({ slug, title, lang }) => ({
		slug,
		title,
		lang,
		items: items.filter((item) => item.life_situation?.slug === slug)
	}));
	const others = items.filter((item) => !known.has(item.life_situation?.slug ?? ''));
	return [...topics, { slug: 'weitere', title: rest, items: others }].filter((topic) => topic.items.length);
}
