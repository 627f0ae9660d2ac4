/** The community's suites (json-logic/compat-tables, ../shared/data/jsonlogic), unchanged: all 1,138 cases. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { apply, LogicError, type Json } from '../../../../src/lib/flow/logic/jsonlogic';

const SUITES = fileURLToPath(new URL('../../../../../../shared/data/jsonlogic/suites/', import.meta.url));
const CASES = 1138;

interface Case {
	description: string;
	rule: Json;
	data?: Json;
	result?: Json;
	error?: { type: Json };
}

const read = <T>(name: string): T => JSON.parse(readFileSync(SUITES + name, 'utf8'));
const isThere = existsSync(SUITES);
const suites = isThere ? read<string[]>('index.json') : [];
const casesOf = (name: string): Case[] => read<(Case | string)[]>(name).filter((entry) => typeof entry === 'object');

function outcome(rule: Json, data?: Json): unknown {
	try {
		return { result: apply(rule, data) };
	} catch (problem) {
		if (!(problem instanceof LogicError)) throw problem;
		return { error: problem.type };
	}
}

describe.skipIf(!isThere)('suites (skipped: shared test data missing: ../shared/data/jsonlogic)', () => {
	test.each(suites)('%s', (name) => {
		for (const { description, rule, data, result, error } of casesOf(name))
			expect(outcome(rule, data), description).toEqual(error ? { error: error.type } : { result });
	});

	test('together they are 1,138 cases', () => {
		expect(suites.flatMap(casesOf)).toHaveLength(CASES);
	});
});

test.each([
	[{ '<': ['\ufb33', '😀'] }, { result: true }],
	[{ substr: ['äß€😀x', 3, 1] }, { result: '😀' }],
	[{ cat: [1e21, ' ', -0] }, { result: '1e+21 0' }],
	[{ constructor: [] }, { error: 'Unknown Operator' }],
	[{ '+': ['0x10'] }, { error: 'NaN' }]
] as [Json, unknown][])('beyond the suites: %j', (rule, expected) => {
	expect(outcome(rule)).toEqual(expected);
});
