import { ConfigError } from '@castellan/connector-sdk';
import { textAt } from '../client/api-errors.js';
import { listOf, type OktaClient } from '../client/okta-client.js';
import { itemsOf } from './lists.js';
import type { Subject } from './subjects.js';

const SUPER = 'SUPER_ADMIN';
/** Calls for one plan. Each administrator is one, and each Super Administrator two: Okta does not list them by their role. */
const MOST_CALLS = 2_000;
/** One other is all that must be known. So many more are counted for whoever decides, as far as so many calls tell. */
const WORTH_COUNTING = 3;
const CALLS_TO_COUNT = 100;
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

/** Who is left of those who can sign in and make another one. */
interface Left {
  readonly count: number;
  /** `false`: there may be more, whom nobody has looked at. */
  readonly isAll: boolean;
}

/** Whether who holds the role in this way may lose it. */
type IsLost = (account: string, by: Holding) => boolean | Promise<boolean>;

async function whoIsLeft(client: OktaClient, isLost: IsLost): Promise<Left> {
  let count = 0;
  let calls = 0;
  let most = MOST_CALLS;
  for await (const item of itemsOf(client, '/api/v1/iam/assignees/users', { within: 'value' })) {
    if (count === WORTH_COUNTING || calls >= most) return { count, isAll: false };
    const account = textAt(item, 'id');
    if (account === undefined) continue;
    const holdings = (await rolesOf(client, account)).filter(({ type }) => type === SUPER);
    calls += holdings.length === 0 ? 1 : 2;
    if (!(await isKept(client, account, holdings, isLost))) continue;
    count += 1;
    if (count === 1) most = Math.min(MOST_CALLS, calls + CALLS_TO_COUNT);
  }
  return { count, isAll: true };
}

async function isKept(client: OktaClient, account: string, holdings: readonly Holding[], isLost: IsLost): Promise<boolean> {
  for (const by of holdings) {
    if (await isLost(account, by)) continue;
    const user = await client.find({ url: `/api/v1/users/${encodeURIComponent(account)}` });
    return textAt(user?.body, 'status') === PRESENT;
  }
  return false;
}

const UNKNOWN = `There are so many administrators that ${MOST_CALLS.toLocaleString('en')} looks found no other Super Administrator who can sign in. Do this in Okta by hand.`;

/**
 * The last Super Administrator is never locked out: nobody could make another one.
 * @returns who is left, for the consequences
 * @throws ConfigError where no other one is found
 */
async function keepAnother(client: OktaClient, field: string, isLost: IsLost, nobody = NOBODY): Promise<readonly string[]> {
  const { count, isAll } = await whoIsLeft(client, isLost);
  if (count === 0) throw new ConfigError({ field, message: isAll ? nobody : UNKNOWN });
  // Not all were looked at: a number would be the least, and read as another one than what was counted elsewhere.
  if (!isAll) return ['Other Super Administrators who can sign in are left.'];
  return [
    `${count} ${count === 1 ? 'other Super Administrator who can sign in is' : 'other Super Administrators who can sign in are'} left.`,
  ];
}

const NOBODY = 'No other Super Administrator who can sign in was found: this would lock everybody out. Make another one first.';

/** Of an account that is to be locked out. @returns who is left, where it is one. @throws ConfigError where nobody is left */
export async function keepSuperAdministrator(
  client: OktaClient,
  account: string,
  field = 'account',
): Promise<readonly string[]> {
  const roles = await rolesOf(client, account);
  if (!roles.some(({ type }) => type === SUPER)) return [];
  return keepAnother(client, field, (other) => other === account);
}

/** Of a role that is to be taken from an account. */
export function keepSuperBeside(
  client: OktaClient,
  account: string,
  assignment: string,
  field: string,
): Promise<readonly string[]> {
  return keepAnother(client, field, (other, by) => other === account && by.assignment === assignment);
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
): Promise<readonly string[]> {
  if (!given.includes(SUPER)) return [];
  return keepAnother(client, field, (other, by) => by.isOfGroup && (member === undefined || other === member));
}

/** Of an identity provider that is to be switched off. @throws ConfigError where all who are left sign in by it, or may do so */
export async function keepSuperBesideProvider(client: OktaClient, idp: Subject, field: string): Promise<readonly string[]> {
  const users = `/api/v1/idps/${idp.segment}/users`;
  const first = `${users}?limit=1`;
  if (listOf(await client.get({ url: first }), first).items.length === 0) return [];
  const isLinked = async (account: string): Promise<boolean> =>
    (await client.find({ url: `${users}/${encodeURIComponent(account)}` })) !== undefined;
  const nobody = `Each Super Administrator who can sign in is linked to ${idp.name}, and may have no other way in. Make one who signs in otherwise first, or unlink one.`;
  return keepAnother(client, field, isLinked, nobody);
}
