/** Form controls; importing this brings the form style sheet along. */
export { default as Checkbox } from './Checkbox.svelte';
export { default as CheckboxGroup } from './CheckboxGroup.svelte';
export { default as DateInput } from './DateInput.svelte';
export { default as ErrorText } from './ErrorText.svelte';
export { default as Fieldset } from './Fieldset.svelte';
export { default as FileInput } from './FileInput.svelte';
export { default as RadioGroup } from './RadioGroup.svelte';
export { default as Select } from './Select.svelte';
export { default as TextArea } from './TextArea.svelte';
export { default as TextInput } from './TextInput.svelte';
export { errorId, hintId, describedBy, type FieldProps } from './field';
export { splitDate, type DateParts } from './dateParts';
