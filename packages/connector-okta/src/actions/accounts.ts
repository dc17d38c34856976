import { type AnyAction, ConfigError, type PlanArgs } from '@castellan/connector-sdk';
import type { OktaClient } from '../client/okta-client.js';
import { AccountInput } from './inputs.js';
import { type Looked, oktaAction, part, type Part, post, touched } from './okta-action.js';
import { accountBy, type Subject } from './subjects.js';
import { whoIsLeftWithout } from './lock-out.js';

/** What becomes of the status of an account. Source: Okta, "User lifecycle". */
interface Change {
  /** As the last part of the path, with what it is asked with. */
  readonly operation: string;
  /** From which states Okta does it. */
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly outcome: (name: string) => string;
  readonly consequences: readonly string[];
  readonly undo?: string;
  /**
   * Whether whoever it is done to cannot sign in any more. A password that has expired locks nobody out: at the next sign-in whoever knows
   * it chooses another one.
   */
  readonly locksOut?: boolean;
  /** Whether groups, applications and roles are the same afterwards, and still theirs. */
  readonly keepsAll?: boolean;
}

function look(change: Change): (args: PlanArgs<OktaClient, AccountInput>) => Promise<Looked> {
  return async ({ client, input }) => {
    const account = await accountBy(client, input.account);
    const isDone = change.to.includes(account.status ?? '');
    if (!isDone) requireStatus(account, change);
    const left = !isDone && change.locksOut === true ? await whoIsLeftWithout(client, account.id) : [];
    return {
      state: isDone ? 'done' : 'open',
      seen: account.status,
      calls: isDone ? [] : [post(`/api/v1/users/${account.segment}/lifecycle/${change.operation}`)],
      touches: [touched('account', account.id, account.name)],
      consequences: [...change.consequences, ...left],
      outcome: change.outcome(account.name),
      stale: change.keepsAll === true ? credentialsOf(account.id) : presenceOf(account.id),
      ...(change.undo !== undefined && { undo: { action: change.undo, input: { account: account.id } } }),
    };
  };
}

function requireStatus({ name, status }: Subject, { from }: Change): void {
  if (from.includes(status ?? '')) return;
  const wanted = from.length === 1 ? from[0] : `one of ${from.join(', ')}`;
  throw new ConfigError({
    field: 'account',
    message: `${name} is ${status ?? 'in no state that is known'}; Okta does this only to accounts that are ${wanted}.`,
  });
}

/** Deactivation takes applications, roles and factors; what it is less is one call each. */
export function presenceOf(account: string): readonly Part[] {
  return [
    part('accounts', 'key', account),
    part('memberships', 'member', account),
    part('everyone-memberships', 'member', account),
    part('app-user-assignments', 'principal', account),
    part('user-role-assignments', 'principal', account),
    part('idp-links', 'account', account),
    part('authenticators', 'account', account),
    part('token-grants', 'account', account),
    part('account-devices', 'account', account),
  ];
}

/** What only changes by which means somebody signs in leaves them all that they have. */
const credentialsOf = (account: string): readonly Part[] => [
  part('accounts', 'key', account),
  part('authenticators', 'account', account),
];

const PRESENT = ['ACTIVE', 'PASSWORD_EXPIRED', 'RECOVERY', 'LOCKED_OUT'];
const ACCOUNT = { subject: 'account', requires: ['okta.users.manage'], input: AccountInput } as const;

const suspend = oktaAction({
  ...ACCOUNT,
  name: 'suspend-account',
  title: 'Suspend',
  summary: 'The account cannot sign in until it is taken back; it keeps all that it has.',
  effect: 'write',
  purpose: 'contain',
  undo: 'unsuspend-account',
  look: look({
    operation: 'suspend',
    from: ['ACTIVE'],
    to: ['SUSPENDED'],
    outcome: (name) => `${name} is suspended.`,
    consequences: [
      'Its sessions in Okta end. What is open in an application stays open until the application asks Okta again.',
      'Groups, applications and factors stay as they are.',
    ],
    undo: 'unsuspend-account',
    locksOut: true,
  }),
});

const unsuspend = oktaAction({
  ...ACCOUNT,
  name: 'unsuspend-account',
  title: 'Take the suspension back',
  summary: 'The account can sign in again, with all that it had.',
  effect: 'write',
  purpose: 'restore',
  undo: 'suspend-account',
  look: look({
    operation: 'unsuspend',
    from: ['SUSPENDED'],
    to: PRESENT,
    outcome: (name) => `${name} is active again.`,
    consequences: ['Whoever knows the password can sign in again: make sure that it is its owner.'],
    undo: 'suspend-account',
  }),
});

const deactivate = oktaAction({
  ...ACCOUNT,
  name: 'deactivate-account',
  title: 'Deactivate',
  summary: 'The account is switched off for good: applications are taken away, and some delete what it has there.',
  effect: 'destructive',
  purpose: 'fix',
  undo: null,
  look: look({
    operation: 'deactivate?sendEmail=false',
    from: ['STAGED', 'PROVISIONED', 'SUSPENDED', ...PRESENT],
    to: ['DEPROVISIONED'],
    outcome: (name) => `${name} is deactivated.`,
    consequences: [
      'All its applications are taken away. Those that Okta writes to may delete the account there, with what belongs to it.',
      'Its administrator roles, factors and password are gone: to activate it again does not bring them back.',
    ],
    locksOut: true,
  }),
});

const expirePassword = oktaAction({
  ...ACCOUNT,
  name: 'expire-password',
  title: 'Expire password',
  summary: 'At the next sign-in a new password has to be chosen.',
  effect: 'write',
  purpose: 'fix',
  undo: null,
  look: look({
    keepsAll: true,
    operation: 'expire_password',
    from: ['ACTIVE', 'RECOVERY', 'LOCKED_OUT'],
    to: ['PASSWORD_EXPIRED'],
    outcome: (name) => `The password of ${name} has expired.`,
    consequences: [
      'Whoever knows the old password and passes the second factor may choose the new one: end the sessions and look at the factors first.',
      'Sessions go on.',
    ],
  }),
});

const resetPassword = oktaAction({
  ...ACCOUNT,
  name: 'reset-password',
  title: 'Reset password',
  summary: 'The password is void at once; Okta sends a link to the e-mail address of the account.',
  effect: 'destructive',
  purpose: 'fix',
  undo: null,
  look: look({
    keepsAll: true,
    operation: 'reset_password?sendEmail=true',
    from: ['ACTIVE', 'PASSWORD_EXPIRED', 'LOCKED_OUT'],
    to: ['RECOVERY'],
    outcome: (name) => `The password of ${name} is void until its owner has chosen a new one.`,
    consequences: [
      'Whoever reads its mail can choose the new password: make sure that the address is the right one, and nobody else reads it.',
      'Without the mail the account cannot be used.',
    ],
    locksOut: true,
  }),
});

const unlock = oktaAction({
  ...ACCOUNT,
  name: 'unlock-account',
  title: 'Unlock',
  summary: 'After too many wrong passwords the account can be used again.',
  effect: 'write',
  purpose: 'restore',
  undo: null,
  look: look({
    keepsAll: true,
    operation: 'unlock',
    from: ['LOCKED_OUT'],
    to: ['ACTIVE', 'PASSWORD_EXPIRED', 'RECOVERY'],
    outcome: (name) => `${name} is not locked.`,
    consequences: ['Whoever guesses can go on: look where the wrong passwords came from.'],
  }),
});

export const accountActions: readonly AnyAction<OktaClient>[] = [
  suspend,
  unsuspend,
  deactivate,
  expirePassword,
  resetPassword,
  unlock,
];
