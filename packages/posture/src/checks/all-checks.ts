import type { Check } from '../check/check.js';
import { ACCOUNT_CHECKS } from './accounts/accounts-checks.js';
import { ADMINISTRATOR_CHECKS } from './administrators/administrators-checks.js';
import { APPLICATION_CHECKS } from './applications/applications-checks.js';
import { GROUP_CHECKS } from './groups/groups-checks.js';
import { IDENTITY_PROVIDER_CHECKS } from './identity-providers/identity-providers-checks.js';
import { ORGANISATION_CHECKS } from './organisation/organisation-checks.js';
import { PROGRAM_CHECKS } from './programs/programs-checks.js';

/** All checks, by area; inside, in an order in which a person would work through them. */
export const ALL_CHECKS: readonly Check[] = [
  ...ADMINISTRATOR_CHECKS,
  ...ACCOUNT_CHECKS,
  ...GROUP_CHECKS,
  ...APPLICATION_CHECKS,
  ...IDENTITY_PROVIDER_CHECKS,
  ...PROGRAM_CHECKS,
  ...ORGANISATION_CHECKS,
];
