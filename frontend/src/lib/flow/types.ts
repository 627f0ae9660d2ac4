/**
 * Shapes of the application API (`/drafts`, `/flows/{key}/check`, `/submissions`) under the names the pages use. All come
 * from the OpenAPI document; what is too loose is tightened in forms_engine/rest_api/.
 */
import type { Schemas } from '#lib/api/types';

export type FieldType = Schemas['NodeType'];
export type Option = Schemas['NodeOption'];
export type MatrixQuestion = Schemas['NodeQuestion'];
export type RowView = Omit<Schemas['NodeRow'], 'nodes'> & { nodes: NodeView[] };
export type AddressPart = Schemas['AddressPart'];
export type NodeError = Schemas['NodeError'];

/** An error of the whole page has an empty path; `part` is the wrong input of a date or an address. */
export type FieldError = Schemas['Error'] & { part?: string };

export type StoredFile = Pick<Schemas['FileInfo'], 'id' | 'name' | 'size' | 'state'>;

type Node = Schemas['Node'];
type Own = 'path' | 'type' | 'label';

/**
 * One question, text or group, ready to draw. Pages put the files and, after a refusal, the errors to what the API gives,
 * and make questions of their own (e-mail, reference number), which have little more than a name.
 */
export type NodeView = Pick<Node, Own> &
	Partial<Omit<Node, Own | 'nodes' | 'rows'>> & {
		nodes?: NodeView[];
		/** Of a repeated group its rows, of a long text the lines of its box. */
		rows?: RowView[] | number;
		files?: StoredFile[];
	};

export type StepState = Schemas['StepState'];
export type Draft = Schemas['Draft'];
/** A newer version of the form, and what becomes of the answers in it. */
export type Migration = Schemas['Migration'];
export type ChangedDraft = Schemas['ChangedDraft'];
/** `step.index` counts from 0. */
export type StepView = Schemas['StepView'];

/** An answer as text; a group has `items`, a repeated group `rows`. */
export type SummaryItem = Schemas['SummaryItem'];
export type SummarySection = Schemas['SummarySection'];
export type Summary = Schemas['Summary'];
export type Receipt = Schemas['Receipt'];

export type Check = Schemas['Check'];

export type CaseStatus = Schemas['CaseStatus'];
export type StatusEntry = Schemas['History'];
export type Submission = Schemas['Submission'];
export type OwnSubmission = Schemas['OwnSubmission'];
