import type { ActionGrants, ConnectorContext } from '@castellan/connector-sdk';
import { GRANT_SCOPES } from '../client/api-errors.js';
import { OktaClient } from '../client/okta-client.js';
import type { OktaConfig } from '../config/okta-config.js';
import { ACTION_SCOPES } from '../config/scopes.js';

/** @param granted `null`: Okta does not say, since a token of an administrator has no scopes. */
export function grantsIn(granted: readonly string[] | null): ActionGrants | null {
  if (granted === null) return null;
  return {
    granted: ACTION_SCOPES.filter((scope) => granted.includes(scope)),
    missing: ACTION_SCOPES.filter((scope) => !granted.includes(scope)),
    where: GRANT_SCOPES,
  };
}

/** Takes one token, which is used for nothing: that of a sync is not even asked for with these scopes. */
export async function actionGrants(context: ConnectorContext<OktaConfig>): Promise<ActionGrants | null> {
  const { auth, actions } = context.config;
  if (!actions || auth.method === 'api_token') return null;
  return grantsIn(await new OktaClient({ ...context, action: 'grants' }).grantedScopes());
}
