import type { ConnectionCheck } from '@castellan/connector-sdk';
import { scopeError } from '../client/api-errors.js';
import { POSTURE_SCOPES } from '../streams/scopes.js';
import { problemRow } from './problem-row.js';

/** @param granted `null`: Okta does not say, since a token of an administrator has no scopes. */
export function scopeRows(wanted: readonly string[], granted: readonly string[] | null): readonly ConnectionCheck[] {
  return wanted.map((scope): ConnectionCheck => {
    const name = scopeRowName(scope);
    if (granted === null) {
      const message = 'Okta does not say: the rights are those of the administrator behind the token.';
      return { name, status: 'skipped', message };
    }
    if (granted.includes(scope)) return { name, status: 'ok', message: 'Granted.' };
    const row = problemRow(name, scopeError([scope]), 'stream');
    const isPosture = POSTURE_SCOPES.some((known) => known === scope);
    return isPosture ? { ...row, message: 'What it covers stays "not readable"; everything else is read.' } : row;
  });
}

export function scopeRowName(scope: string): string {
  return `scope ${scope}`;
}
