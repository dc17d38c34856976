import type { ProblemKind } from './problem-kind.js';

/** Of who asks. */
export const ACCESS_PROBLEMS = {
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
  'needs-user': {
    status: 403,
    title: 'Not for API keys',
    meaning: 'This concerns a session or a password, which an API key does not have.',
    remedy: 'Sign in as a user.',
  },
  'wrong-credentials': {
    status: 401,
    title: 'Not signed in',
    meaning: 'The e-mail address or the password is wrong.',
    remedy: 'Try again, or ask an administrator for a new invitation.',
  },
  'too-many-tries': {
    status: 429,
    title: 'Too many tries',
    meaning: 'Somebody has tried to get in too often, with this account or from this network.',
    remedy: 'Wait for the seconds in `Retry-After`.',
  },
  'already-set-up': {
    status: 409,
    title: 'Already set up',
    meaning: 'The first administrator was made before.',
    remedy: 'Sign in, or ask an administrator for an invitation.',
  },
  'wrong-token': {
    status: 403,
    title: 'Wrong token',
    meaning: 'This is not the token of the first set-up, or its 24 hours are over.',
    remedy: 'Take it from the console of the host; a new start prints a new one.',
  },
  'invitation-void': {
    status: 403,
    title: 'The invitation is not valid',
    meaning: 'The invitation is unknown, used up, replaced by a newer one, or older than three days.',
    remedy: 'Ask an administrator of your workspace for a new one.',
  },
  'identity-provider-away': {
    status: 502,
    title: 'The identity provider is away',
    meaning: 'The identity provider did not answer, or not as one.',
    remedy: 'Try again later, or sign in with a password.',
  },
  'oidc-refused': {
    status: 403,
    title: 'Not signed in',
    meaning: 'The sign-in at the identity provider was not completed, or its answer is not valid.',
    remedy: 'Begin again, in the same browser.',
  },
  'no-access': {
    status: 403,
    title: 'No access',
    meaning: 'The identity is real and belongs to no user of this host.',
    remedy: 'Ask an administrator for an invitation, and link the identity with it.',
  },
  'link-first': {
    status: 409,
    title: 'Link the identity first',
    meaning: 'A user has the e-mail address of this identity already.',
    remedy: 'Sign in with the password, and link the identity from there.',
  },
  'identity-taken': {
    status: 409,
    title: 'The identity is taken',
    meaning: 'The identity belongs to another user of this host.',
    remedy: 'Use another identity, or have the other user removed.',
  },
} as const satisfies Record<string, ProblemKind>;
