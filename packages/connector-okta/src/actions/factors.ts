import type { AnyAction } from '@castellan/connector-sdk';
import { textAt } from '../client/api-errors.js';
import type { OktaClient } from '../client/okta-client.js';
import { AccountInput, FactorInput } from './inputs.js';
import { itemsOf } from './lists.js';
import { whoIsLeftWithout } from './lock-out.js';
import { oktaAction, part, post, remove, requireId, touched } from './okta-action.js';
import { accountBy, ownedBy, type Subject } from './subjects.js';

const FIRST_COME =
  'At the next sign-in whoever knows the password may enrol a new one: end the sessions and see to the password first.';

interface Factor {
  readonly id: string | undefined;
  readonly type: string;
  readonly isActive: boolean;
}

async function factorsOf(client: OktaClient, { segment }: Subject): Promise<readonly Factor[]> {
  const factors: Factor[] = [];
  for await (const item of itemsOf(client, `/api/v1/users/${segment}/factors`))
    factors.push({
      id: textAt(item, 'id'),
      type: textAt(item, 'factorType') ?? 'unknown',
      isActive: textAt(item, 'status') === 'ACTIVE',
    });
  return factors;
}

/** What Okta Verify is enrolled as: where one goes, all go. */
const ONE_APP: ReadonlySet<string> = new Set(['push', 'signed_nonce', 'token:software:totp']);

/**
 * Whether nothing is left to sign in with beside the password. Whoever has no factor gets in only where a policy lets a new one be
 * enrolled, of which the scopes that we have show nothing: so to take the only one counts as a lock-out, as to take all does.
 */
async function isOnlyOne(client: OktaClient, account: Subject, factor: string): Promise<boolean> {
  const factors = await factorsOf(client, account);
  const taken = factors.find(({ id }) => id === factor)?.type ?? '';
  return !factors.some(({ id, type, isActive }) => isActive && id !== factor && !(ONE_APP.has(taken) && ONE_APP.has(type)));
}

const removeFactor = oktaAction({
  name: 'remove-factor',
  title: 'Remove factor',
  summary: 'The account cannot sign in by it any more; it can be enrolled again.',
  subject: 'authenticator',
  effect: 'destructive',
  purpose: 'contain',
  undo: null,
  requires: ['okta.users.manage'],
  input: FactorInput,
  look: async ({ client, input }) => {
    const { owner, own: factor } = ownedBy(input.authenticator, 'authenticator', ['an account', 'its factor']);
    const account = await accountBy(client, owner, 'authenticator');
    const path = `/api/v1/users/${account.segment}/factors/${requireId(factor, 'authenticator')}`;
    const found = await client.find({ url: path });
    const type = textAt(found?.body, 'factorType') ?? 'the factor';
    const left =
      found !== undefined && (await isOnlyOne(client, account, factor))
        ? await whoIsLeftWithout(client, account.id, 'authenticator')
        : [];
    return {
      state: found === undefined ? 'done' : 'open',
      seen: textAt(found?.body, 'status') ?? null,
      calls: found === undefined ? [] : [remove(path)],
      touches: [
        touched('authenticator', input.authenticator, `${type} of ${account.name}`),
        touched('account', account.id, account.name),
      ],
      consequences: [...(type === 'push' ? ['The codes of the same app are removed with it.'] : []), FIRST_COME, ...left],
      outcome: `${account.name} does not have ${type === 'the factor' ? 'that factor' : `that factor (${type})`} any more.`,
      stale: [part('authenticators', 'account', account.id)],
    };
  },
});

const resetFactors = oktaAction({
  name: 'reset-factors',
  title: 'Remove all factors',
  summary: 'The account has no second factor until its owner enrols one.',
  subject: 'account',
  effect: 'destructive',
  purpose: 'contain',
  undo: null,
  requires: ['okta.users.manage'],
  input: AccountInput,
  look: async ({ client, input }) => {
    const account = await accountBy(client, input.account);
    const factors = (await factorsOf(client, account)).map(({ type }) => type);
    const left = factors.length > 0 ? await whoIsLeftWithout(client, account.id) : [];
    return {
      state: factors.length === 0 ? 'done' : 'open',
      seen: factors.toSorted(),
      calls: factors.length === 0 ? [] : [post(`/api/v1/users/${account.segment}/lifecycle/reset_factors`)],
      touches: [touched('account', account.id, account.name)],
      consequences: [`Removed are: ${factors.join(', ')}.`, FIRST_COME, ...left],
      outcome: `${account.name} has no factor.`,
      stale: [part('authenticators', 'account', account.id)],
    };
  },
});

export const factorActions: readonly AnyAction<OktaClient>[] = [removeFactor, resetFactors];
