/** Of an item whose request waits for a second person. */
export const NEEDS_AGREEMENT = 'It waits for a person who agrees to it.';
