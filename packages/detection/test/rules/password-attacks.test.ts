import { type Line, MINUTE } from './log-line.js';
import { failure, FAILURE, of, people, PROXY, STRANGER, success } from './sign-ins.js';
import { testStories } from './stories.js';

const ATTACKER = '203.0.113.7';
const OFFICE = '192.0.2.10';

const sprayed = (count: number, more: Line = {}): readonly Line[] =>
  people(count, (name, n) => failure(name, ATTACKER, n * 4 * MINUTE, more));
/** A morning in an office: most get in. */
const office = (signedIn: number, failed: number): readonly Line[] => [
  ...people(signedIn, (name, n) => success(name, OFFICE, n * 1_000)),
  ...people(failed, (name, n) => failure(name, OFFICE, n * 30_000)),
];
/** So fast that all is within a quarter of an hour; the first of them nobody knows. */
const tried = (count: number, unknown: number, more: Line = {}): readonly Line[] =>
  people(count, (name, n) =>
    failure(name, ATTACKER, n * 40_000, { ...more, ...(n < unknown && { actor: STRANGER(`${name}@elsewhere.test`) }) }),
  );
const unknown = (count: number, every: number, more: Line = {}): readonly Line[] =>
  people(count, (name, n) =>
    of(name, 'user.session.start', ATTACKER, n * every, {
      outcome: { result: 'FAILURE', reason: 'VERIFICATION_ERROR' },
      actor: STRANGER(`${name}@acme.test`),
      ...more,
    }),
  );
/** Each person from an address of their own, with the same client. */
const everywhere = (names: number, addresses: number, accepted = 0): readonly Line[] =>
  Array.from({ length: 26 }, (_, n) =>
    (n < accepted ? success : failure)(`u${n % names}`, `203.0.113.${n % addresses}`, n * MINUTE, {
      client: { userAgent: { rawUserAgent: 'python-requests/2.32' }, ipAddress: `203.0.113.${n % addresses}` },
      debugContext: { debugData: { dtHash: `dt-${n}` } },
    }),
  );

testStories('okta/password-attacks.yml', {
  okta_password_spray: {
    hits: {
      'ten people fail within the hour, and nobody signs in': { events: sprayed(10), level: 'medium' },
      'the same through a proxy': { events: sprayed(10, PROXY), level: 'high' },
      'the same in a test that was announced': { events: sprayed(10), own: [ATTACKER], level: 'low' },
      'as Identity Engine writes it, and two sign in': {
        events: [
          ...people(10, (name, n) =>
            of(name, 'user.authentication.auth_via_mfa', ATTACKER, n * MINUTE, {
              outcome: FAILURE,
              debugContext: { debugData: { factor: 'PASSWORD_AS_FACTOR' } },
            }),
          ),
          success('u0', ATTACKER, 0),
          success('u1', ATTACKER, MINUTE),
        ],
      },
    },
    misses: {
      'nine people fail': { events: sprayed(9) },
      'ten fail over more than an hour': { events: people(10, (name, n) => failure(name, ATTACKER, n * 7 * MINUTE)) },
      'ten fail among forty who sign in': { events: office(40, 10) },
      'thirty of an office with three hundred mistype': { events: office(300, 30) },
      'a factor fails, and not the password': {
        events: people(10, (name, n) =>
          of(name, 'user.authentication.auth_via_mfa', ATTACKER, n * MINUTE, {
            outcome: FAILURE,
            debugContext: { debugData: { factor: 'OKTA_SOFT_TOKEN' } },
          }),
        ),
      },
      'ten fail, each at home': { events: people(10, (name, n) => failure(name, `203.0.113.${n}`, n * MINUTE)) },
    },
  },
  okta_credential_stuffing: {
    hits: {
      'of fifteen names five are of nobody': { events: tried(15, 5), level: 'medium' },
      'the same through a proxy': { events: tried(15, 5, PROXY), level: 'high' },
    },
    misses: {
      'four are of nobody': { events: tried(15, 4) },
      'there are fourteen names': { events: tried(14, 5) },
      'most who come from there sign in': {
        events: [...tried(15, 5), ...people(30, (name, n) => success(`v${name}`, ATTACKER, n * 10_000))],
      },
    },
  },
  okta_unknown_names: {
    hits: {
      'ten names of nobody within the hour': { events: unknown(10, 5 * MINUTE), level: 'low' },
      'the same from an address in a list': { events: unknown(10, MINUTE), threats: [ATTACKER], level: 'medium' },
    },
    misses: {
      'nine names of nobody': { events: unknown(9, MINUTE) },
      'ten of them over two hours': { events: unknown(10, 12 * MINUTE) },
      'ten names of somebody': { events: people(10, (name, n) => failure(name, ATTACKER, n * MINUTE)) },
    },
  },
  okta_distributed_spray: {
    hits: {
      'ten people, from ten addresses, with one client': { events: everywhere(10, 10), level: 'high' },
      'and one of 25 guesses is good': { events: everywhere(10, 10, 1) },
    },
    misses: {
      'from nine addresses': { events: everywhere(10, 9) },
      'nine people': { events: everywhere(9, 10) },
      'most people with that client sign in': {
        events: [
          ...everywhere(10, 10),
          ...people(40, (name, n) =>
            success(`v${name}`, OFFICE, n * MINUTE, {
              client: { ipAddress: OFFICE, userAgent: { rawUserAgent: 'python-requests/2.32' } },
            }),
          ),
        ],
      },
      'each with another client': {
        events: people(26, (name, n) =>
          failure(name, `203.0.113.${n}`, n * MINUTE, {
            client: { ipAddress: `203.0.113.${n}`, userAgent: { rawUserAgent: `Chrome/${n}` } },
          }),
        ),
      },
    },
  },
});
