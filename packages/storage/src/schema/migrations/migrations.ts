import { ActionGrants1764430000000 } from './action-grants.js';
import { ActionBatches1764390000000 } from './action-batches.js';
import { ActionRequests1764380000000 } from './action-requests.js';
import { ActionsByHand1764410000000 } from './actions-by-hand.js';
import { Detection1764340000000 } from './detection.js';
import { DetectionFailures1764360000000 } from './detection-failures.js';
import { AccessReviews1764290000000 } from './access-reviews.js';
import { AskedDeliveries1764250000000 } from './asked-deliveries.js';
import { AttackPaths1764330000000 } from './attack-paths.js';
import { Audit1764210000000 } from './audit.js';
import { Exposure1764310000000 } from './exposure.js';
import { Findings1764320000000 } from './findings.js';
import { Identity1764200000000 } from './identity.js';
import { IncidentPeople1764370000000 } from './incident-people.js';
import { Initial1764000000000 } from './initial.js';
import { Integrations1764240000000 } from './integrations.js';
import { Mail1764350000000 } from './mail.js';
import { Playbooks1764400000000 } from './playbooks.js';
import { Posture1764070000000 } from './posture.js';
import { RecordCounts1764230000000 } from './record-counts.js';
import { RecordRows1764270000000 } from './record-rows.js';
import { RunCauses1764260000000 } from './run-causes.js';
import { SearchIndexes1764300000000 } from './search-indexes.js';
import { StaleParts1764100000000 } from './stale-parts.js';
import { Visibility1764280000000 } from './visibility.js';
import { Webhooks1764220000000 } from './webhooks.js';

/** In order. A migration that was released is never edited: add one. */
export const MIGRATIONS = [
  Initial1764000000000,
  Posture1764070000000,
  StaleParts1764100000000,
  Identity1764200000000,
  Audit1764210000000,
  Webhooks1764220000000,
  RecordCounts1764230000000,
  Integrations1764240000000,
  AskedDeliveries1764250000000,
  RunCauses1764260000000,
  RecordRows1764270000000,
  Visibility1764280000000,
  AccessReviews1764290000000,
  SearchIndexes1764300000000,
  Exposure1764310000000,
  Findings1764320000000,
  AttackPaths1764330000000,
  Detection1764340000000,
  Mail1764350000000,
  DetectionFailures1764360000000,
  IncidentPeople1764370000000,
  ActionRequests1764380000000,
  ActionBatches1764390000000,
  Playbooks1764400000000,
  ActionsByHand1764410000000,
  ActionGrants1764430000000,
] as const;
