import { ConfigError } from '@castellan/connector-sdk';
import { textAt } from '../client/api-errors.js';
import { listOf, type OktaClient } from '../client/okta-client.js';
import { itemsOf } from './lists.js';
import type { Subject } from './subjects.js';

const SUPER = 'SUPER_ADMIN';
/** Administrators that are looked at. */
const MOST_LOOKED_AT = 200;
/** Who can sign in now, and make another one: whoever is locked out or without a password has to be helped by one first. */
const PRESENT = 'ACTIVE';

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

/** Whether anybody is left; `unknown`: there are more administrators than are looked at. */
type Left = 'somebody' | 'nobody' | 'unknown';

/** @param isLost whether who holds the role in this way may lose it */
async function whoIsLeft(
  client: OktaClient,
  isLost: (account: string, by: Holding) => boolean | Promise<boolean>,
): Promise<Left> {
  let looked = 0;
  for await (const item of itemsOf(client, '/api/v1/iam/assignees/users', { within: 'value' })) {
    if (looked === MOST_LOOKED_AT) return 'unknown';
    looked += 1;
    const account = textAt(item, 'id');
    if (account !== undefined && (await isKept(client, account, isLost))) return 'somebody';
  }
  return 'nobody';
}

async function isKept(client: OktaClient, account: string, isLost: Parameters<typeof whoIsLeft>[1]): Promise<boolean> {
  for (const by of await rolesOf(client, account)) {
    if (by.type !== SUPER || (await isLost(account, by))) continue;
    const user = await client.find({ url: `/api/v1/users/${encodeURIComponent(account)}` });
    return textAt(user?.body, 'status') === PRESENT;
  }
  return false;
}

const UNKNOWN = `There are more than ${MOST_LOOKED_AT} administrators, and among the first no other Super Administrator who can sign in: Castellan could not look at all. Do this in Okta by hand.`;

/** The last Super Administrator is never locked out: nobody could make another one. @throws ConfigError where no other one is found */
async function keepAnother(client: OktaClient, field: string, isLost: Parameters<typeof whoIsLeft>[1]): Promise<void> {
  const left = await whoIsLeft(client, isLost);
  if (left === 'somebody') return;
  const nobody =
    'No other Super Administrator who can sign in was found: this would lock everybody out. Make another one first.';
  throw new ConfigError({ field, message: left === 'unknown' ? UNKNOWN : nobody });
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

/** The types of the roles that a group gives to all of its members. */
export async function rolesOfGroup(client: OktaClient, group: Subject): Promise<readonly string[]> {
  const url = `/api/v1/groups/${group.segment}/roles`;
  const response = await client.find({ url });
  if (response === undefined) return [];
  return listOf(response, url)
    .items.map((item) => textAt(item, 'type') ?? 'CUSTOM')
    .toSorted();
}

/** Of a group that is to lose the role, or a member: who holds it through a group may hold it through this one. */
export async function keepSuperWithout(
  client: OktaClient,
  given: readonly string[],
  field: string,
  member?: string,
): Promise<void> {
  if (!given.includes(SUPER)) return;
  await keepAnother(client, field, (other, by) => by.isOfGroup && (member === undefined || other === member));
}

/** Of an identity provider that is to be switched off. @throws ConfigError where all who are left sign in by it, or may do so */
export async function keepSuperBesideProvider(client: OktaClient, idp: Subject, field: string): Promise<void> {
  const users = `/api/v1/idps/${idp.segment}/users`;
  const first = `${users}?limit=1`;
  if (listOf(await client.get({ url: first }), first).items.length === 0) return;
  const isLinked = async (account: string): Promise<boolean> =>
    (await client.find({ url: `${users}/${encodeURIComponent(account)}` })) !== undefined;
  const left = await whoIsLeft(client, isLinked);
  if (left === 'somebody') return;
  const nobody = `Each Super Administrator who can sign in is linked to ${idp.name}, and may have no other way in. Make one who signs in otherwise first, or unlink one.`;
  throw new ConfigError({ field, message: left === 'unknown' ? UNKNOWN : nobody });
}
