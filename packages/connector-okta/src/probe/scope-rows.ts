import type { ConnectionCheck } from '@castellan/connector-sdk';
import { scopeError } from '../client/api-errors.js';
import { ACTION_SCOPES, POSTURE_SCOPES } from '../config/scopes.js';
import { acting, problemRow } from './problem-row.js';

/** @param granted `null`: Okta does not say, since a token of an administrator has no scopes. */
export function scopeRows(wanted: readonly string[], granted: readonly string[] | null): readonly ConnectionCheck[] {
  const missing = granted === null ? [] : wanted.filter((scope) => !granted.includes(scope));
  return wanted.map((scope): ConnectionCheck => {
    const name = scopeRowName(scope);
    if (granted === null) {
      const message = 'Okta does not say: the rights are those of the administrator behind the token.';
      return { name, status: 'skipped', message };
    }
    if (!missing.includes(scope)) return { name, status: 'ok', message: 'Granted.' };
    const ends = costOf(scope);
    // One step for all: they are granted in one place.
    const steps = acting(scopeError(missing));
    return { ...problemRow(name, scopeError([scope]), 'stream'), ...steps, message: `Not granted: ${ends}` };
  });
}

function costOf(scope: string): string {
  if (ACTION_SCOPES.some((known) => known === scope)) return 'the actions that need it cannot be done, all others can.';
  const isPosture = POSTURE_SCOPES.some((known) => known === scope);
  return isPosture ? 'what it covers stays "not readable", everything else is read.' : 'the streams that need it are not read.';
}

export function scopeRowName(scope: string): string {
  return `scope ${scope}`;
}
