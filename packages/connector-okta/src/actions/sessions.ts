import type { AnyAction, PlanArgs } from '@castellan/connector-sdk';
import { textAt } from '../client/api-errors.js';
import { listOf, type OktaClient } from '../client/okta-client.js';
import { AccountInput } from './inputs.js';
import { itemsOf } from './lists.js';
import { type Looked, oktaAction, part, remove, touched } from './okta-action.js';
import { accountBy, type Subject } from './subjects.js';

const ACCOUNT = { subject: 'account', requires: ['okta.users.manage'], input: AccountInput, undo: null } as const;

const clearSessions = oktaAction({
  ...ACCOUNT,
  name: 'clear-sessions',
  title: 'End all sessions',
  summary:
    'Whoever is signed in as this account is signed out of Okta, with the tokens that programs hold and the devices that are remembered.',
  effect: 'write',
  purpose: 'contain',
  look: async ({ client, input, since }) => {
    const account = await accountBy(client, input.account);
    return {
      state: since !== undefined && (await wasCleared(client, account, since)) ? 'done' : 'unseen',
      seen: null,
      calls: [remove(`/api/v1/users/${account.segment}/sessions?oauthTokens=true&forgetDevices=true`)],
      touches: [touched('account', account.id, account.name)],
      consequences: [
        'Its owner has to sign in again, with the second factor on every device.',
        'What is open in an application stays open until the application asks Okta again.',
      ],
      outcome: `All sessions of ${account.name} in Okta have ended, its OAuth tokens are void.`,
      stale: [part('token-grants', 'account', account.id)],
    };
  },
});

/** Okta lists no sessions: that they have ended is seen in its log alone. */
async function wasCleared(client: OktaClient, { id }: Subject, since: string): Promise<boolean> {
  const url = '/api/v1/logs';
  const filter = `eventType eq "user.session.clear" and target.id eq "${id}" and outcome.result eq "SUCCESS"`;
  return listOf(await client.get({ url, query: { since, filter, limit: '1' } }), url).items.length > 0;
}

const revokeTokens = oktaAction({
  ...ACCOUNT,
  name: 'revoke-tokens',
  title: 'Revoke tokens and consents',
  summary: 'Programs that act for this account have to ask for its consent again.',
  effect: 'write',
  purpose: 'contain',
  look: lookAtTokens,
});

/** Whose tokens are revoked in one run: a call each. */
const MOST_PROGRAMS = 100;
/** That are counted: they are revoked by one call. */
const MOST_CONSENTS = 1_000;

async function lookAtTokens({ client, input }: PlanArgs<OktaClient, AccountInput>): Promise<Looked> {
  const account = await accountBy(client, input.account);
  const base = `/api/v1/users/${account.segment}`;
  const found = await idsAt(client, `${base}/clients`, 'client_id', MOST_PROGRAMS + 1);
  const clients = found.slice(0, MOST_PROGRAMS);
  const isAll = found.length === clients.length;
  const grants = await idsAt(client, `${base}/grants?limit=200`, 'id', MOST_CONSENTS);
  const consents = grants.length < MOST_CONSENTS ? counted(grants.length, 'consent') : `${MOST_CONSENTS} or more consents`;
  const calls = [
    ...(grants.length > 0 ? [remove(`${base}/grants`)] : []),
    ...clients.map((id) => remove(`${base}/clients/${encodeURIComponent(id)}/tokens`)),
  ];
  return {
    state: calls.length === 0 ? 'done' : 'open',
    // That nothing is left, whatever has been allowed in between.
    aim: 'none',
    calls,
    touches: [touched('account', account.id, account.name)],
    consequences: [
      `${counted(clients.length, 'program')} and ${consents}: each has to be allowed again by the owner of the account.`,
      'An access token that a program holds already is good until it expires, up to a day.',
      ...(isAll ? [] : [`There are more than ${MOST_PROGRAMS} programs: these are as many, the rest take a second run.`]),
    ],
    outcome: isAll
      ? `No program holds a token or a consent of ${account.name}.`
      : `${MOST_PROGRAMS} programs hold no token of ${account.name}; others still do: do it again for the rest.`,
    stale: [part('token-grants', 'account', account.id)],
  };
}

/** Sorted: how Okta lists them means nothing. @param key of the id in each of the list; somebody who has none may have no list */
async function idsAt(client: OktaClient, list: string, key: string, most: number): Promise<readonly string[]> {
  const ids: string[] = [];
  for await (const item of itemsOf(client, list, { orNone: true })) {
    const id = textAt(item, key);
    if (id !== undefined) ids.push(id);
    if (ids.length === most) break;
  }
  return ids.toSorted();
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

export const sessionActions: readonly AnyAction<OktaClient>[] = [clearSessions, revokeTokens];
