/**
 * The TypeScript side of `make fuzz` (tools/fuzzing/twin.py): one batch of pairs a line in, one list of texts a line out.
 * A text is the canonical JSON (RFC 8785) of what came of a pair. Run by Node as it is, without a build.
 */
import { createInterface } from 'node:readline';
import { compileRule, type Frame, type Json } from '../src/lib/flow/logic/index.ts';
import { apply, LogicError } from '../src/lib/flow/logic/jsonlogic.ts';
import { readForm } from '../src/lib/flow/logic/inputs.ts';
import { Outline, type Entry } from '../src/lib/flow/logic/outline.ts';
import { Page, type PageLogic } from '../src/lib/flow/logic/page.ts';
import type { Kind } from '../src/lib/flow/logic/types.ts';
import { readValues, writeValue, type Data } from '../src/lib/flow/logic/wire.ts';
import type { Values } from '../src/lib/flow/logic/values.ts';

interface FormBatch {
	mode: 'form';
	data: Data[];
	/** Rule, repeated groups around its place, wanted type, index of its data. */
	pairs: [Json, string[], Kind, number][];
}

interface JsonlogicBatch {
	mode: 'jsonlogic';
	pairs: [Json, Json][];
}

/** A step and what stands in its form, each time as pairs of name and text. */
interface PageBatch {
	mode: 'page';
	logic: PageLogic;
	forms: [string, string][][];
}

type Setup = { mode: 'setup'; outline: Entry[] };

let outline = new Outline([]);

function canonical(value: unknown): string {
	if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null);
	if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
	const members = Object.entries(value).sort(([one], [two]) => (one < two ? -1 : 1));
	return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).join(',')}}`;
}

/** The rows a place is in, one tuple of prefixes an instance. */
function instances(values: Values, groups: string[]): string[][] {
	let found: string[][] = [[]];
	let base = '';
	for (const group of groups) {
		const suffix = group.slice(base.length);
		found = found.flatMap((rows) => ((values.get(`${rows.at(-1) ?? ''}${suffix}#`) ?? []) as string[]).map((row) => [...rows, row]));
		base = group;
	}
	return found;
}

function runForm(rule: Json, groups: string[], kind: Kind, values: Values): string {
	const frames: Frame[] = groups.map((group) => ({ group }));
	const { run, type, reads, findings } = compileRule(rule, outline, { kind }, frames);
	return canonical({
		findings: [...findings].sort(),
		kind: type.kind,
		reads: [...reads].sort(),
		values: instances(values, groups).map((rows) => writeValue(run(values, rows)))
	});
}

function runJsonlogic(rule: Json, data: Json): string {
	try {
		return canonical({ value: apply(rule, data) });
	} catch (problem) {
		if (!(problem instanceof LogicError)) throw problem;
		return canonical({ error: problem.error });
	}
}

function runPage(page: Page, pairs: [string, string][]): string {
	const judged = [...page.judge(readForm(pairs))].map(([path, { value, ...rest }]) => [path, { ...rest, value: writeValue(value) }]);
	return canonical(Object.fromEntries(judged));
}

function answer(batch: Setup | FormBatch | JsonlogicBatch | PageBatch): string[] {
	if (batch.mode === 'setup') {
		outline = new Outline(batch.outline);
		return [];
	}
	if (batch.mode === 'jsonlogic') return batch.pairs.map(([rule, data]) => runJsonlogic(rule, data));
	if (batch.mode === 'page') {
		const page = new Page(batch.logic);
		return batch.forms.map((pairs) => runPage(page, pairs));
	}
	const values = batch.data.map((data) => readValues(outline, data));
	return batch.pairs.map(([rule, groups, kind, at]) => runForm(rule, groups, kind, values[at]!));
}

for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) console.log(JSON.stringify(answer(JSON.parse(line))));
