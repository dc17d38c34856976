import { ConfigError } from '@castellan/connector-sdk';
import { textAt } from '../client/api-errors.js';
import type { OktaClient } from '../client/okta-client.js';
import { isMemberOf } from './lists.js';
import type { Subject } from './subjects.js';

/** Whoever takes away what this connection stands on could neither look at what came of it nor take it back. */
function own(field: string, what: string): ConfigError {
  return new ConfigError({
    field,
    message: `Castellan itself is connected by ${what}. Connect it otherwise first, or do this in Okta by hand.`,
  });
}

/** The administrator whose token this connection has; `undefined`: it is an application. */
async function ownAccount(client: OktaClient): Promise<string | undefined> {
  if (client.config.auth.method !== 'api_token') return undefined;
  return textAt((await client.get({ url: '/api/v1/users/me' })).body, 'id');
}

/** @throws ConfigError where it is the administrator whose token this connection has */
export async function refuseOwnAccount(client: OktaClient, account: string, field = 'account'): Promise<void> {
  if ((await ownAccount(client)) === account) throw own(field, 'a token of this account');
}

/** @throws ConfigError where what the group has is what that administrator has */
export async function refuseOwnGroup(client: OktaClient, group: string, field: string): Promise<void> {
  const account = await ownAccount(client);
  if (account !== undefined && (await isMemberOf(client, account, group)))
    throw own(field, 'a token of an account in this group');
}

/** @throws ConfigError where it is the application of this connection */
export function refuseOwnApplication({ config }: OktaClient, { id, object }: Subject, field = 'application'): void {
  if (config.auth.method === 'api_token') return;
  const { clientId } = config.auth;
  const client = object.child('credentials').child('oauthClient').filled('client_id');
  if (id === clientId || client === clientId) throw own(field, 'this application');
}

/** Okta does not say which token is ours, only whose it is. @throws ConfigError where it may be that of this connection */
export async function refuseOwnToken(client: OktaClient, owner: string | null): Promise<void> {
  const account = await ownAccount(client);
  if (account !== undefined && (owner === null || owner === account))
    throw own('apiToken', 'a token of the same account, and Okta does not say which');
}
