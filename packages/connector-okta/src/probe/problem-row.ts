import { type AnyConnectorError, type ConnectionCheck, turnOf } from '@castellan/connector-sdk';
import { isScopeError } from '../client/api-errors.js';

type Acting = Required<Pick<ConnectionCheck, 'turn' | 'todo'>>;

/** A failed row: what is wrong, what it ends, whose turn it is. `field` is the setting to look at when the error names none. */
export function problemRow(
  name: string,
  error: AnyConnectorError,
  blocks: 'connection' | 'stream',
  field?: string,
): ConnectionCheck {
  const view = { ...(field !== undefined && { field }), ...error.view() };
  return { name, status: 'failed', error: view, blocks, ...acting(error, view.field) };
}

/** Who has to act on an error, and how. */
export function acting(error: AnyConnectorError, field?: string): Acting {
  const todo = todoOf(error, field);
  // Where nobody answers, the address is the first thing to look at, and only its owner can.
  const isOurs = error.kind === 'internal';
  return { turn: field === undefined || isOurs ? turnOf(error.kind) : 'you', todo };
}

function todoOf(error: AnyConnectorError, field: string | undefined): string {
  switch (error.kind) {
    case 'permission':
      return permissionTodo(error.missing, isScopeError(error));
    case 'config':
      return `Correct ${field === undefined ? 'the settings' : `the setting ${field}`}, then test again.`;
    case 'auth':
      return field === undefined ? 'Check the app in Okta, then test again.' : `Correct the setting ${field}, then test again.`;
    case 'rate_limit':
      return `Wait: Okta has the next answer at ${error.retryAt.toISOString()}; the settings are not to blame.`;
    case 'transient':
      return field === undefined
        ? "Test again in a few minutes; status.okta.com shows Okta's outages."
        : `Check the setting ${field}; when it is right, test again in a few minutes.`;
    case 'upstream':
      return 'Ask Okta whether the organisation offers this; until then everything else is read.';
    case 'aborted':
    case 'internal':
      return "Send the operator's log to whoever maintains Castellan.";
  }
}

function permissionTodo(missing: readonly string[], isScope: boolean): string {
  if (isScope) return `Grant ${missing.join(', ')} in Okta (Applications > the app > Okta API Scopes), then test again.`;
  const role = missing.find((one) => one.startsWith('admin role: '))?.slice('admin role: '.length);
  if (role === undefined) return "Check the app's admin role and the organisation's licence in Okta, then test again.";
  return `Assign the admin role in Okta (Applications > the app > Admin roles), then test again: ${role}.`;
}
