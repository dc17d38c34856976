import type { ProblemKind } from './problem-kind.js';

/** What a connector has met: see `connector-problem.ts`. */
export const CONNECTOR_PROBLEMS = {
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
    meaning: 'The connector could not be loaded, or is not installed on this host any more.',
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
} as const satisfies Record<string, ProblemKind>;
