import type { Attack } from './attack.js';
import { blocked, hasToken, rolesOf, sessionsEnded, statusOfAccount, statusOfApplication } from './at-the-provider.js';

type Answer = Omit<Attack, 'name' | 'about'>;

/** Answers that more than one attack is given. */
export const SUSPEND = {
  action: 'Suspend',
  seen: statusOfAccount,
  after: 'SUSPENDED',
  undo: { action: 'Take the suspension back' },
} satisfies Answer;

export const END_SESSIONS = { action: 'End all sessions', seen: sessionsEnded, after: 1 } satisfies Answer;

/** Whoever knows it has to be kept out: the owner sets another one by a mail. */
export const RESET_PASSWORD = {
  action: 'Reset password',
  isHeavy: true,
  seen: statusOfAccount,
  after: 'RECOVERY',
} satisfies Answer;

export const EXPIRE_PASSWORD = {
  action: 'Expire password',
  seen: statusOfAccount,
  after: 'PASSWORD_EXPIRED',
} satisfies Answer;

export const BLOCK = {
  action: 'Block the address',
  seen: blocked,
  after: 1,
  undo: { action: 'Unblock the address' },
} satisfies Answer;

/** The first of those that it came from. */
export const BLOCK_SOURCE = { ...BLOCK, subject: /address · where it came from/ } satisfies Answer;

export const revokeToken = (name: string) =>
  ({
    subject: /API token · was acted on/,
    action: 'Revoke API token',
    isHeavy: true,
    seen: hasToken(name),
    after: false,
  }) satisfies Answer;

export const deactivateApplication = (label: string) =>
  ({
    subject: new RegExp(`${label}.*application`),
    action: 'Deactivate application',
    isHeavy: true,
    seen: statusOfApplication(label),
    after: 'INACTIVE',
    undo: { action: 'Activate application' },
  }) satisfies Answer;

export const takeRoleAway = (who?: Parameters<typeof rolesOf>[0]) =>
  ({
    part: /Roles/,
    action: 'Take the role away',
    isHeavy: true,
    seen: rolesOf(who),
    after: [],
    undo: { action: 'Give the role', isHeavy: true },
  }) satisfies Answer;
