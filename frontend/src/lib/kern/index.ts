/** Our building blocks over KERN UX. Pages and forms use these, never KERN's class names. */
export { default as Accordion } from './Accordion.svelte';
export { default as Alert } from './Alert.svelte';
export { default as Badge } from './Badge.svelte';
export { default as Breadcrumbs } from './Breadcrumbs.svelte';
export { default as Button } from './Button.svelte';
export { default as Card } from './Card.svelte';
export { default as DescriptionList } from './DescriptionList.svelte';
export { default as ErrorSummary } from './ErrorSummary.svelte';
export { default as Icon } from './Icon.svelte';
export { default as Link } from './Link.svelte';
export { default as Pagination } from './Pagination.svelte';
export { default as ProgressSteps } from './ProgressSteps.svelte';
export { default as RichText } from './RichText.svelte';
export { default as SkipLink } from './SkipLink.svelte';
export { default as TaskList } from './TaskList.svelte';
export type { IconName } from './icons';
