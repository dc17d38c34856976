import { type AnyConnectorError, type ConnectionCheck, turnOf } from '@castellan/connector-sdk';

/** A failed row: what is wrong, what it ends, whose turn it is. `field` is the setting to look at when the error names none. */
export function problemRow(
  name: string,
  error: AnyConnectorError,
  blocks: 'connection' | 'stream',
  field?: string,
): ConnectionCheck {
  const view = { ...(field !== undefined && { field }), ...error.view() };
  // Where nobody answers, the address is the first thing to look at, and only its owner can.
  const isOurs = error.kind === 'internal';
  const turn = field === undefined || isOurs ? turnOf(error.kind) : 'you';
  return { name, status: 'failed', error: view, blocks, turn, todo: todoOf(error, view.field) };
}

function todoOf(error: AnyConnectorError, field: string | undefined): string {
  switch (error.kind) {
    case 'permission':
      return `Give the credential the right at the service (${error.missing.join(', ')}), then test again.`;
    case 'config':
      return `Correct ${field === undefined ? 'the settings' : `the setting ${field}`}, then test again.`;
    case 'auth':
      return field === undefined ? 'Check the credential, then test again.' : `Correct the setting ${field}, then test again.`;
    case 'rate_limit':
      return `Wait: the service has the next answer at ${error.retryAt.toISOString()}; the settings are not to blame.`;
    case 'transient':
      return field === undefined
        ? 'Test again in a few minutes.'
        : `Check the setting ${field}; when it is right, test again in a few minutes.`;
    case 'upstream':
      return field === undefined
        ? 'Ask the service whether it offers this; until then everything else is read.'
        : `Check the setting ${field}: it must be the base URL of a SCIM 2.0 service.`;
    case 'aborted':
    case 'internal':
      return "Send the operator's log to whoever maintains Castellan.";
  }
}
