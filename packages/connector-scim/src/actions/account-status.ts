import {
  type ActionArgs,
  type ActionPlan,
  type AnyAction,
  ConfigError,
  defineAction,
  type JsonObject,
  type PlanArgs,
} from '@castellan/connector-sdk';
import { patchBody, type ScimClient } from '../client/scim-client.js';
import { segment } from '../map/ids.js';
import { flagIn, memberOf } from '../map/member.js';
import { nameOf } from './names.js';
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
  purpose: 'contain',
  undo: 'reactivate-account',
  requires: [CHANGE_USERS],
  byHand: [
    "In the service's own administration, open its users and find the account.",
    'Deactivate it there; do not delete it.',
  ],
  input: AccountInput,
  plan: (args) => planActive(args, false),
  run: (args) => setActive(args, false),
});

export const reactivateAccount: AnyAction<ScimClient> = action({
  name: 'reactivate-account',
  title: 'Reactivate account',
  summary: 'The account can be used again, with what it had before.',
  subject: 'account',
  effect: 'write',
  purpose: 'restore',
  undo: 'deactivate-account',
  requires: [CHANGE_USERS],
  byHand: [
    "In the service's own administration, open its users and find the account; it may be hidden among those that are not active.",
    'Activate it there.',
  ],
  input: AccountInput,
  plan: (args) => planActive(args, true),
  run: (args) => setActive(args, true),
});

/** `'gone'`: there is no such account. `undefined`: the service does not say. */
type Seen = 'gone' | boolean | undefined;

type AccountPlan = ActionPlan & { readonly seen: boolean | null };

async function planActive({ client, input }: PlanArgs<ScimClient, AccountInput>, wanted: boolean): Promise<AccountPlan> {
  const { account } = input;
  const { path, before } = await foundAccount(client, account);
  const isActive = flagIn(before, 'active');
  if (isActive !== wanted) await requirePatch(client, 'account');
  const [usual = {}] = operationsFor(wanted, typeof memberOf(before, 'active') === 'string');
  return {
    state: isActive === wanted ? 'done' : isActive === undefined ? 'unseen' : 'open',
    seen: isActive ?? null,
    calls: isActive === wanted ? [] : [{ method: 'PATCH', path: client.at(path), body: patchBody(usual) }],
    touches: [{ kind: 'account', key: account, name: nameOf(before, account) }],
    consequences: wanted
      ? ['Whoever knows the password can sign in again.']
      : ['It cannot sign in any more. Some services remove an account that is not active, with all that it has.'],
    outcome: messageOf(wanted, account, wordFor(wanted)),
    stale: [staleNow(client, 'accounts', 'key', account)],
    undo: { action: wanted ? 'deactivate-account' : 'reactivate-account', input: { account } },
  };
}

const wordFor = (isActive: boolean): string => (isActive ? 'active' : 'not active');

async function foundAccount(client: ScimClient, account: string): Promise<{ readonly path: string; readonly before: unknown }> {
  requireId(account, 'account');
  const { users } = await client.service();
  const path = `${users}/${segment(account)}`;
  const before = await client.find(path, 'Users');
  if (before === undefined) throw new ConfigError({ field: 'account', message: `There is no such account at ${client.host}.` });
  return { path, before };
}

async function setActive({ client, input }: ActionArgs<ScimClient, AccountInput>, wanted: boolean): Promise<string> {
  const { account } = input;
  const { path, before } = await foundAccount(client, account);
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
  return messageOf(state, account, wordFor(wanted));
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
