import type { ProblemKind } from './problem-kind.js';

/** Of the request itself, and of the host that should answer it. */
export const REQUEST_PROBLEMS = {
  'invalid-request': {
    status: 400,
    title: 'The request is not valid',
    meaning: 'Something in the form of the request is wrong: a parameter, a key, a type, or the JSON itself.',
    remedy: 'Mend what `errors` names.',
    example: {
      detail: 'limit: Must be a whole number.',
      errors: [{ field: 'limit', message: 'Must be a whole number.' }],
    },
  },
  'not-observed': {
    status: 400,
    title: 'Nobody has observed this time',
    meaning: 'The question is about a time from before the lists of memberships and assignments were complete.',
    remedy: 'Ask for `observedSince` or later; without it nothing of the past can be asked yet.',
    example: {
      detail: 'at: Lies before Castellan knew. Ask for a time from 2026-11-20T06:00:01.618Z on.',
      errors: [{ field: 'at', message: 'Lies before Castellan knew. Ask for a time from 2026-11-20T06:00:01.618Z on.' }],
      observedSince: '2026-11-20T06:00:01.618Z',
    },
  },
  'refused-origin': {
    status: 403,
    title: 'Refused',
    meaning: 'The request came under a foreign host name, or a page of another site has sent it.',
    remedy: 'Use the address of this host, and change things from its own pages or from a program.',
  },
  'unknown-host': {
    status: 403,
    title: 'Refused',
    meaning: 'The request names a host that this one does not answer for.',
    remedy: 'Use the address that `CASTELLAN_URL` says, or a name of this machine.',
  },
  'worker-only': {
    status: 421,
    title: 'This host is a worker',
    meaning: 'The host works on runs, and serves neither the API nor the pages.',
    remedy: 'Ask a host whose `CASTELLAN_ROLE` is `web` or `both`.',
  },
  'plain-http': {
    status: 403,
    title: 'Refused',
    meaning: 'The request came over plain http although this host has an https address.',
    remedy: 'Use the https address.',
  },
  'not-found': {
    status: 404,
    title: 'Not found',
    meaning: 'There is nothing under this path or id, or it belongs to another workspace.',
    remedy: 'Take the id from the list that it belongs to; `errors` names the parameter.',
    example: {
      detail: 'There is no integration with this id.',
      errors: [{ field: 'id', message: 'There is no integration with this id.' }],
    },
  },
  'method-not-allowed': {
    status: 405,
    title: 'Not this way',
    meaning: 'There is something at this path, and it cannot be asked with this method.',
    remedy: 'Use one of the methods in `Allow`.',
  },
  'payload-too-large': {
    status: 413,
    title: 'The body is too large',
    meaning: 'The body is larger than 1 MB; of rules and lists, than 5 MB.',
    remedy: 'Send less.',
  },
  'uri-too-long': {
    status: 414,
    title: 'The address is too long',
    meaning: 'The query is longer, or has more parameters, than any request needs.',
    remedy: 'Ask for less at once.',
  },
  'unsupported-media-type': {
    status: 415,
    title: 'The body is not JSON',
    meaning: 'The body was sent as something other than JSON in UTF-8.',
    remedy: 'Send JSON with `content-type: application/json`.',
  },
  'too-many-requests': {
    status: 429,
    title: 'Too many requests',
    meaning: 'The caller, or its network address, has sent more than its share.',
    remedy: 'Wait for the seconds in `Retry-After`.',
  },
  'too-many-streams': {
    status: 429,
    title: 'Too many open streams',
    meaning: 'The caller, or its workspace, has as many live streams open as one may have.',
    remedy: 'Close one first: a page needs one for all integrations.',
  },
  busy: {
    status: 503,
    title: 'Too many open streams',
    meaning: 'This host has as many live streams open as it can serve.',
    remedy: 'Try again after `Retry-After`, or ask another host.',
  },
  internal: {
    status: 500,
    title: 'Internal error',
    meaning: 'Something went wrong inside Castellan that nobody foresaw.',
    remedy: 'Give the `reference` to the operator: it finds the line in the log.',
  },
  'database-away': {
    status: 503,
    title: 'The database is away',
    meaning: 'The database did not answer in time. Nothing was changed.',
    remedy: 'Try again after `Retry-After`.',
  },
  'took-too-long': {
    status: 503,
    title: 'The question took too long',
    meaning: 'The database worked too long on a question about access, and was stopped.',
    remedy:
      'Narrow the question: words in `q`, one group by `via`, a later `since`, a smaller `limit`, one application instead of all; or ask again once no sync is at work.',
  },
  'key-retired': {
    status: 503,
    title: 'The host needs its new key',
    meaning: 'The master key was rotated, and this host still has the old one. Nothing was sealed with it.',
    remedy: 'Tell the operator: the host must be started with the new key.',
  },
  'audit-log-damaged': {
    status: 503,
    title: 'The audit log is damaged',
    meaning: 'The change could not be written down, so it was not made.',
    remedy: 'Tell the operator: `castellan audit verify` says what is wrong.',
  },
  'not-ready': {
    status: 503,
    title: 'Not ready',
    meaning: 'The database does not answer.',
    remedy: 'Send requests to another host, and try this one again after `Retry-After`.',
  },
} as const satisfies Record<string, ProblemKind>;
