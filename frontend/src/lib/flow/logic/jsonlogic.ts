/**
 * Logic, jsonlogic mode: rules of other systems, with the coercions of classic JSON-Logic. The twin of
 * `forms_engine/domain/logic/jsonlogic`; both follow docs/reference/logic.md, part B.
 */
import { register } from './jsonlogic/compiling.ts';
import * as comparing from './jsonlogic/comparing.ts';
import * as computing from './jsonlogic/computing.ts';
import * as controlling from './jsonlogic/controlling.ts';
import * as iterating from './jsonlogic/iterating.ts';
import * as reading from './jsonlogic/reading.ts';
import * as texting from './jsonlogic/texting.ts';

for (const { operators } of [comparing, computing, controlling, iterating, reading, texting]) register(operators);

export { apply, compileRule, type Json, type Scope } from './jsonlogic/compiling.ts';
export { LogicError } from './jsonlogic/errors.ts';
