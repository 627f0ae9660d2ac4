/** Whom a new message goes to: a mailbox by its id, or the families of children that are chosen besides. */
export const CHILDREN = 'kinder';
