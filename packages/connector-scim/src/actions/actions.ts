import type { AnyAction } from '@castellan/connector-sdk';
import type { ScimClient } from '../client/scim-client.js';
import { deactivateAccount, reactivateAccount } from './account-status.js';
import { removeFromGroup } from './remove-from-group.js';

export const actions: readonly AnyAction<ScimClient>[] = [deactivateAccount, reactivateAccount, removeFromGroup];
