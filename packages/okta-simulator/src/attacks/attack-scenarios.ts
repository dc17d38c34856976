import { applications } from './attacks/applications.js';
import { collections } from './attacks/collections.js';
import { insiders } from './attacks/insiders.js';
import { passwords } from './attacks/passwords.js';
import { pushes } from './attacks/pushes.js';
import { stolenSessions } from './attacks/stolen-sessions.js';
import { takeovers } from './attacks/takeovers.js';
import { everydayAdministration } from './look-alikes/administration.js';
import { everydayFactors } from './look-alikes/factors.js';
import { everydayPeople } from './look-alikes/people.js';
import { everydayPlaces } from './look-alikes/places.js';
import type { Scenario } from './scenario.js';

/** Attacks, and what resembles them without being one: what detection is measured with. */
export const attackScenarios: readonly Scenario[] = [
  ...takeovers,
  ...stolenSessions,
  ...pushes,
  ...passwords,
  ...applications,
  ...collections,
  ...insiders,
  ...everydayFactors,
  ...everydayPlaces,
  ...everydayPeople,
  ...everydayAdministration,
];
