import {
  type ActionArgs,
  type ActionOutcome,
  type AnyAction,
  ConfigError,
  defineAction,
  type JsonObject,
} from '@castellan/connector-sdk';
import type { ScimClient } from '../client/scim-client.js';
import { segment } from '../map/ids.js';
import { flagIn, memberOf } from '../map/member.js';
import { staleNow } from '../refresh/read-parts.js';
import { CHANGE_USERS } from '../streams/rights.js';
import { AccountInput } from './inputs.js';
import { cannot, change, isWithoutPatch, requireId, requirePatch } from './patch.js';

const action = defineAction<ScimClient>();

/** Ends access, so it counts as destructive, though it can mostly be taken back. */
export const deactivateAccount: AnyAction<ScimClient> = action({
  name: 'deactivate-account',
  title: 'Deactivate account',
  summary: 'The account stays at the service but cannot be used any more; some services remove it instead.',
  subject: 'account',
  effect: 'destructive',
  requires: [CHANGE_USERS],
  input: AccountInput,
  run: (args) => setActive(args, false),
});

export const reactivateAccount: AnyAction<ScimClient> = action({
  name: 'reactivate-account',
  title: 'Reactivate account',
  summary: 'The account can be used again, with what it had before.',
  subject: 'account',
  effect: 'write',
  requires: [CHANGE_USERS],
  input: AccountInput,
  run: (args) => setActive(args, true),
});

/** `'gone'`: there is no such account. `undefined`: the service does not say. */
type Seen = 'gone' | boolean | undefined;

async function setActive({ client, input }: ActionArgs<ScimClient, AccountInput>, wanted: boolean): Promise<ActionOutcome> {
  const { account } = input;
  requireId(account, 'account');
  const { users } = await client.service();
  const path = `${users}/${segment(account)}`;
  const before = await client.find(path, 'Users');
  if (before === undefined) throw new ConfigError({ field: 'account', message: `There is no such account at ${client.host}.` });
  const now = wanted ? 'active' : 'not active';
  if (flagIn(before, 'active') === wanted)
    return { changed: false, message: `The account ${account} was ${now} already.`, stale: staleAccount(client, account) };
  await requirePatch(client, 'account');
  const look = async (): Promise<Seen> => {
    const user = await client.find(path, 'Users');
    return user === undefined ? 'gone' : flagIn(user, 'active');
  };
  // Some services remove whom they deactivate. Where the attribute is not shown at all, their word has to do.
  const isHidden = flagIn(before, 'active') === undefined;
  const isDone = (seen: Seen): boolean => seen === wanted || (seen === 'gone' && !wanted) || (seen === undefined && isHidden);
  const operations = operationsFor(wanted, typeof memberOf(before, 'active') === 'string');
  const { state } = await change(client, { path, what: 'Users', operations, look, isDone }).catch((error: unknown) => {
    throw isWithoutPatch(error) ? cannot(client, 'account') : error;
  });
  return { changed: true, message: messageOf(state, account, now), stale: staleAccount(client, account) };
}

/** By path, as the RFC has it; without one, which is all that some services know; and as text, where they show it so. */
function operationsFor(active: boolean, isText: boolean): readonly JsonObject[] {
  const usual = { op: 'replace', path: 'active', value: active };
  const pathless = { op: 'replace', value: { active } };
  const asText = { op: 'replace', path: 'active', value: active ? 'True' : 'False' };
  return isText ? [usual, asText, pathless] : [usual, pathless, asText];
}

function messageOf(seen: Seen, account: string, now: string): string {
  if (seen === 'gone') return `The service has removed the account ${account}.`;
  if (seen === undefined) return `The service has accepted that the account ${account} is ${now}; it does not show it.`;
  return `The account ${account} is ${now} now.`;
}

function staleAccount(client: ScimClient, account: string): ActionOutcome['stale'] {
  return [staleNow(client, 'accounts', 'key', account)];
}
