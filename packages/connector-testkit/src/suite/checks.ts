import { actionsOnce } from '../checks/actions.js';
import { connectionTest, connectionTroubles } from '../checks/connection.js';
import { cutAtEveryPage, damagedPosition } from '../checks/cuts.js';
import { form } from '../checks/form.js';
import { changesEqualListing, refreshEqualsListing } from '../checks/freshness.js';
import { twoInstances } from '../checks/instances.js';
import { foreignHosts, linkLoops } from '../checks/links.js';
import { lostCursor } from '../checks/lost-cursor.js';
import { eachRecordOnce, recordShape, stableRecords } from '../checks/listing.js';
import { flatMemory } from '../checks/memory.js';
import { rateLimits } from '../checks/rate-limits.js';
import { noSecrets } from '../checks/secrets.js';
import { settings } from '../checks/settings.js';
import { stopsAtOnce } from '../checks/stopping.js';
import { emptyRow, oneStreamForbidden, oneStreamInTrouble } from '../checks/stream-troubles.js';
import type { Check } from './check.js';

/** The suite, in the order in which a beginner meets its rules. */
export const CHECKS = {
  form,
  settings,
  connectionTest,
  connectionTroubles,
  recordShape,
  eachRecordOnce,
  stableRecords,
  cutAtEveryPage,
  damagedPosition,
  linkLoops,
  lostCursor,
  foreignHosts,
  rateLimits,
  oneStreamForbidden,
  oneStreamInTrouble,
  emptyRow,
  stopsAtOnce,
  twoInstances,
  noSecrets,
  refreshEqualsListing,
  changesEqualListing,
  actionsOnce,
  flatMemory,
} as const satisfies Record<string, Check>;

export type CheckName = keyof typeof CHECKS;
