import { Audit1764210000000 } from './audit.js';
import { Identity1764200000000 } from './identity.js';
import { Initial1764000000000 } from './initial.js';
import { Posture1764070000000 } from './posture.js';
import { RecordCounts1764230000000 } from './record-counts.js';
import { StaleParts1764100000000 } from './stale-parts.js';

/** In order. A migration that was released is never edited: add one. */
export const MIGRATIONS = [
  Initial1764000000000,
  Posture1764070000000,
  StaleParts1764100000000,
  Identity1764200000000,
  Audit1764210000000,
  RecordCounts1764230000000,
] as const;
