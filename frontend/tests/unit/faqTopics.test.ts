import { expect, test } from 'vitest';
import type { FaqItem, LifeSituation } from '../../src/lib/api/types';
import { faqTopics } from '../../src/lib/site/faqTopics';

const situation = (slug: string): LifeSituation => ({ slug, title: slug.toUpperCase(), teaser: '', icon: '', lang: 'de', url: '', count: 1 });
const question = (slug: string, topic: string | null): FaqItem => ({
	slug,
	question: slug,
	answer: '',
	lang: 'de',
	services: [],
	life_situation: topic ? { slug: topic, title: topic } : null
});

test('topics__questions_of_several_situations__stand_in_the_order_of_these_and_the_rest_last', () => {
	const items = [question('a', null), question('b', 'wohnen'), question('c', 'familie'), question('d', 'wohnen')];
	const topics = faqTopics(items, [situation('familie'), situation('freizeit'), situation('wohnen')], 'Weitere');
	expect(topics.map(({ title, items }) => [title, items.map(({ slug }) => slug)])).toEqual([
		['FAMILIE', ['c']],
		['WOHNEN', ['b', 'd']],
		['Weitere', ['a']]
	]);
});

test('topics__situation_that_is_not_listed__loses_no_question', () => {
	expect(faqTopics([question('a', 'weg')], [], 'Weitere').map((topic) => topic.items.length)).toEqual([1]);
});
