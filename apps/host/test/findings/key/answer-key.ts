import { ACCOUNT_ACCESS } from './account-access.js';
import { ACCOUNTS } from './accounts.js';
import { ADMINISTRATORS } from './administrators.js';
import { APPLICATIONS, PROGRAMS } from './applications.js';
import { GROUPS } from './groups.js';
import { IDENTITY_PROVIDERS } from './identity-providers.js';
import { PATHS } from './paths.js';
import { POLICIES } from './policies.js';
import { ROLES } from './roles.js';
import { SETTINGS } from './settings.js';
import type { Keys } from './state.js';

/**
 * Whom each check must name, worked out from the provider's own objects: from what the check says about itself and from the
 * provider's documents, in plain loops, and with no code of the checks, of the connector or of the database.
 */
export const ANSWER_KEY: Keys = {
  ...ADMINISTRATORS,
  ...ROLES,
  ...PATHS,
  ...ACCOUNTS,
  ...ACCOUNT_ACCESS,
  ...GROUPS,
  ...APPLICATIONS,
  ...PROGRAMS,
  ...IDENTITY_PROVIDERS,
  ...SETTINGS,
  ...POLICIES,
};
