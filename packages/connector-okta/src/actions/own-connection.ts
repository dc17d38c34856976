import { ConfigError } from '@castellan/connector-sdk';
import { textAt } from '../client/api-errors.js';
import { listOf, type OktaClient, type OktaList, wrappedListOf } from '../client/okta-client.js';
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

const SUPER = 'SUPER_ADMIN';
/** Administrators that are looked at. */
const MOST_LOOKED_AT = 200;
/** Who can sign in and take a role back. */
const PRESENT: readonly (string | null | undefined)[] = ['ACTIVE', 'PASSWORD_EXPIRED', 'RECOVERY', 'LOCKED_OUT'];

/** How somebody holds a role. */
interface Holding {
  readonly type: string | undefined;
  readonly assignment: string | undefined;
  /** Through a group, and not by themselves. */
  readonly isOfGroup: boolean;
}

async function rolesOf(client: OktaClient, account: string): Promise<readonly Holding[]> {
  const url = `/api/v1/users/${encodeURIComponent(account)}/roles`;
  const response = await client.find({ url });
  if (response === undefined) return [];
  return listOf(response, url).items.map((item) => ({
    type: textAt(item, 'type'),
    assignment: textAt(item, 'id'),
    isOfGroup: textAt(item, 'assignmentType') === 'GROUP',
  }));
}

/**
 * The last Super Administrator is never locked out: nobody could make another one.
 * @param isLost whether somebody else may lose the role by this, too
 * @throws ConfigError where no other one is found
 */
async function keepAnother(
  client: OktaClient,
  field: string,
  isLost: (account: string, by: Holding) => boolean,
): Promise<void> {
  let url: string | undefined = '/api/v1/iam/assignees/users';
  for (let looked = 0; url !== undefined && looked < MOST_LOOKED_AT; ) {
    const page: OktaList = wrappedListOf(await client.get({ url }), url, 'value');
    for (const item of page.items) {
      looked += 1;
      const account = textAt(item, 'id');
      if (account === undefined) continue;
      const roles = await rolesOf(client, account);
      if (!roles.some((by) => by.type === SUPER && !isLost(account, by))) continue;
      const user = await client.find({ url: `/api/v1/users/${encodeURIComponent(account)}` });
      if (PRESENT.includes(textAt(user?.body, 'status'))) return;
    }
    url = page.next;
  }
  throw new ConfigError({
    field,
    message: 'No other Super Administrator who can sign in was found: this would lock everybody out. Make another one first.',
  });
}

/** Of an account that is to be locked out. @throws ConfigError where nobody is left */
export async function keepSuperAdministrator(client: OktaClient, account: string, field = 'account'): Promise<void> {
  const roles = await rolesOf(client, account);
  if (!roles.some(({ type }) => type === SUPER)) return;
  await keepAnother(client, field, (other) => other === account);
}

/** Of a role that is to be taken from an account. */
export async function keepSuperBeside(client: OktaClient, account: string, assignment: string, field: string): Promise<void> {
  await keepAnother(client, field, (other, by) => other === account && by.assignment === assignment);
}

/** Of a group that is to lose the role, or a member: who holds it through a group may hold it through this one. */
export async function keepSuperWithout(client: OktaClient, group: Subject, field: string, member?: string): Promise<void> {
  const url = `/api/v1/groups/${group.segment}/roles`;
  const response = await client.find({ url });
  const gives = response !== undefined && listOf(response, url).items.some((item) => textAt(item, 'type') === SUPER);
  if (!gives) return;
  await keepAnother(client, field, (other, by) => by.isOfGroup && (member === undefined || other === member));
}
