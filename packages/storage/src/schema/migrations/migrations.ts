import { Initial1764000000000 } from './initial.js';
import { StaleParts1764100000000 } from './stale-parts.js';

/** In order. A migration that was released is never edited: add one. */
export const MIGRATIONS = [Initial1764000000000, StaleParts1764100000000] as const;
