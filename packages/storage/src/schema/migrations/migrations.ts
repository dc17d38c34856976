import { Initial1764000000000 } from './initial.js';

/** In order. A migration that was released is never edited: add one. */
export const MIGRATIONS = [Initial1764000000000] as const;
