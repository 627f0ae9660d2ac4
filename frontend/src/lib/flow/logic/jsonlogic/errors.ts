/** The one exception of this mode. */

export const INVALID = 'Invalid Arguments';
export const NAN = 'NaN';
export const TOO_LARGE = 'Too Large';
export const UNKNOWN = 'Unknown Operator';

/** A rule cannot be evaluated. `error` is what `try` hands to its next operand: `{type}`, or what was thrown. */
export class LogicError extends Error {
	readonly error: Record<string, unknown>;

	constructor(error: unknown) {
		super('a rule cannot be evaluated');
		const isObject = error !== null && typeof error === 'object' && !Array.isArray(error);
		this.error = isObject ? (error as Record<string, unknown>) : { type: error };
	}

	get type(): unknown {
		return Object.hasOwn(this.error, 'type') ? this.error.type : null;
	}
}
