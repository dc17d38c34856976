export interface ProblemKind {
  readonly status: number;
  readonly title: string;
  /** What has happened, for people who read the API document. */
  readonly meaning: string;
  /** What a caller can do about it. */
  readonly remedy: string;
  /** A real answer, where the meaning alone would not show its form. */
  readonly example?: {
    readonly detail: string;
    readonly errors?: readonly { readonly field: string; readonly message: string }[];
  };
}

/**
 * Every problem that the API answers with, by its code: the last part of `type`, which programs compare and which never
 * changes. A new one is one entry here.
 */
export const PROBLEMS = {
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
  'not-signed-in': {
    status: 401,
    title: 'Not signed in',
    meaning: 'The request carries no session and no API key that is valid.',
    remedy: 'Sign in, or send an API key: `Authorization: Bearer KEY`.',
  },
  'not-allowed': {
    status: 403,
    title: 'Not allowed',
    meaning: 'The caller is known, and lacks the permission of this route.',
    remedy: 'Ask an administrator of your workspace for it, or use a key that has it.',
  },
  'refused-origin': {
    status: 403,
    title: 'Refused',
    meaning: 'The request came under a foreign host name, or a page of another site has sent it.',
    remedy: 'Use the address of this host, and change things from its own pages or from a program.',
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
  'run-over': {
    status: 409,
    title: 'The run is over',
    meaning: 'The run has ended before it could be cancelled.',
    remedy: 'Nothing: it is not at work any more.',
  },
  'hold-decided': {
    status: 409,
    title: 'Already decided',
    meaning: 'The hold was decided before, or a newer sync has replaced it.',
    remedy: 'List the holds again, and decide on those whose state is `open`.',
  },
  'payload-too-large': {
    status: 413,
    title: 'The body is too large',
    meaning: 'The body is larger than 1 MB.',
    remedy: 'Send less.',
  },
  'unsupported-media-type': {
    status: 415,
    title: 'The body is not JSON',
    meaning: 'The body was sent as something other than JSON in UTF-8.',
    remedy: 'Send JSON with `content-type: application/json`.',
  },
  'invalid-config': {
    status: 422,
    title: 'The settings are not valid',
    meaning: 'The settings of a connection were understood and cannot be right. Nobody was asked, and nothing was stored.',
    remedy: 'Mend the settings that `errors` names.',
    example: {
      detail: 'config.domain: Is required.',
      errors: [{ field: 'config.domain', message: 'Is required.' }],
    },
  },
  'connection-refused': {
    status: 422,
    title: 'The connection was refused',
    meaning: 'The connection was tried, and nothing can be read over it. Nothing was stored.',
    remedy: 'Do what `todo` says in the failed `checks`.',
  },
  'connection-incomplete': {
    status: 422,
    title: 'Parts of the connection were refused',
    meaning: 'The connection was tried, and some streams cannot be read. Nothing was stored.',
    remedy: 'Do what `todo` says in the failed `checks`, or send `"acceptIncomplete": true` to read only the rest.',
  },
  'connector-config': {
    status: 422,
    title: 'The settings are not valid',
    meaning: 'The provider has shown that a setting is wrong.',
    remedy: 'Mend the setting that `errors` names.',
  },
  'connector-auth': {
    status: 422,
    title: 'The provider refused the credential',
    meaning: 'The credential was revoked, has expired or is wrong.',
    remedy: 'Make a new one at the provider, and put it into the settings.',
  },
  'connector-permission': {
    status: 422,
    title: 'The provider refused a permission',
    meaning: 'The credential is good, and may not do what was asked.',
    remedy: 'Grant at the provider what `errors` names.',
  },
  'too-many-requests': {
    status: 429,
    title: 'Too many requests',
    meaning: 'The caller, or its network address, has sent more than its share.',
    remedy: 'Wait for the seconds in `Retry-After`.',
  },
  internal: {
    status: 500,
    title: 'Internal error',
    meaning: 'Something went wrong inside Castellan that nobody foresaw.',
    remedy: 'Give the `reference` to the operator: it finds the line in the log.',
  },
  'connector-internal': {
    status: 500,
    title: 'Something went wrong inside Castellan',
    meaning: 'The connector has a fault.',
    remedy: 'Look into the log, and report it.',
  },
  'connector-transient': {
    status: 502,
    title: 'The provider could not be reached',
    meaning: 'The provider did not answer, or answered with a passing fault.',
    remedy: 'Try again later.',
  },
  'connector-upstream': {
    status: 502,
    title: 'The provider gave an answer that cannot be used',
    meaning: 'The provider has answered with something that its API does not promise.',
    remedy: 'Try again later; report it when it stays.',
  },
  'connector-unavailable': {
    status: 503,
    title: 'The connector is not available',
    meaning: 'The connector is installed, and could not be loaded.',
    remedy: 'Tell the operator the reason that `detail` gives.',
  },
  'connector-rate-limit': {
    status: 503,
    title: 'The provider limits requests',
    meaning: 'The provider takes no more requests for now.',
    remedy: 'Wait for the seconds in `Retry-After`.',
  },
  'connector-aborted': {
    status: 503,
    title: 'The host is stopping',
    meaning: 'The host stopped while the provider was being asked.',
    remedy: 'Send the request again: another host, or this one once it is back, answers it.',
  },
  'not-ready': {
    status: 503,
    title: 'Not ready',
    meaning: 'The database does not answer.',
    remedy: 'Send requests to another host, and try this one again after `Retry-After`.',
  },
  'connection-timeout': {
    status: 504,
    title: 'The provider did not answer in time',
    meaning: 'The connection was tried for a minute without an end.',
    remedy: 'Try again later.',
  },
} as const satisfies Record<string, ProblemKind>;

export type ProblemCode = keyof typeof PROBLEMS;

/** With the type that all of them share: the literal ones above lack what an entry leaves out. */
export function problemKind(code: ProblemCode): ProblemKind {
  return PROBLEMS[code];
}

/** RFC 9457: names the problem for ever, and is no address to fetch. */
export function problemType(code: ProblemCode): string {
  return `urn:castellan:problem:${code}`;
}
