import type { AnyAction } from '@castellan/connector-sdk';
import type { OktaClient } from '../client/okta-client.js';
import { accountActions } from './accounts.js';
import { revokeApiToken } from './api-tokens.js';
import { assignmentActions } from './assignments.js';
import { blocklistActions } from './blocklist.js';
import { factorActions } from './factors.js';
import { groupActions } from './group-members.js';
import { linkActions } from './idp-links.js';
import { passwordPushActions } from './password-push.js';
import { roleActions } from './roles.js';
import { sessionActions } from './sessions.js';
import { switchedActions } from './switches.js';

/** All that can be done in Okta. Source of paths, states and scopes: Okta management API 2026.06. */
export const actions: readonly AnyAction<OktaClient>[] = [
  ...sessionActions,
  ...accountActions,
  ...factorActions,
  ...groupActions,
  ...assignmentActions,
  ...roleActions,
  ...linkActions,
  ...switchedActions,
  ...passwordPushActions,
  revokeApiToken,
  ...blocklistActions,
];
