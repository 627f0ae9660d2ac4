/** A street somebody chose from the suggestions, and where its parts go. */

export interface Street {
	street: string;
	postcode: string;
	place: string;
}

type Inputs = Record<'street' | 'postcode' | 'place', { value: string } | null>;

/** What stands in the list: the same street may lie in two postcode areas. */
export const labelOf = ({ street, postcode, place }: Street): string => `${street}, ${postcode} ${place}`;

/** Fills in what the form asks. A postcode and a town belong together: they are changed together. */
export function fill(chosen: Street, inputs: Inputs): void {
	for (const part of ['street', 'postcode', 'place'] as const) {
		const input = inputs[part];
		if (input) input.value = chosen[part];
	}
}
