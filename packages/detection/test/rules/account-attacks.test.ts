import { type Line, MINUTE } from './log-line.js';
import { ADMIN, failure, of, people, PROXY, STRANGER, success } from './sign-ins.js';
import { testStories } from './stories.js';

const ATTACKER = '203.0.113.7';

/** Guesses at the password of `ann`, every five minutes: so many addresses, in so many networks. */
const guessed = (addresses: number, networks: number, more: Line = {}): readonly Line[] =>
  Array.from({ length: addresses }, (_, n) =>
    failure('ann', `203.0.113.${n}`, n * 5 * MINUTE, { securityContext: { asNumber: 64_500 + (n % networks) }, ...more }),
  );
const rotated = (devices: number, more: Line = {}): readonly Line[] =>
  Array.from({ length: devices }, (_, n) =>
    failure('ann', ATTACKER, n * 4 * MINUTE, { debugContext: { debugData: { dtHash: `dt-${n}` } }, ...more }),
  );
const again = (count: number, every: number, more: Line = {}): readonly Line[] =>
  Array.from({ length: count }, (_, n) => failure('ann', ATTACKER, n * every, more));
const onDevice = (count: number, more: Line = {}): readonly Line[] =>
  people(count, (name, n) =>
    failure(name, `203.0.113.${n}`, n * MINUTE, { debugContext: { debugData: { dtHash: 'dt-attacker' } }, ...more }),
  );

testStories('okta/account-attacks.yml', {
  okta_brute_force_from_many_networks: {
    hits: {
      'five addresses in three networks': { events: guessed(5, 3), level: 'medium' },
      'the account of an administrator': { events: guessed(5, 3), accounts: ADMIN('ann'), level: 'high' },
    },
    misses: {
      'four addresses': { events: guessed(4, 3) },
      'two networks': { events: guessed(5, 2) },
      'names that nobody has': { events: guessed(5, 3, { actor: STRANGER('ann@elsewhere.test') }) },
      'within an hour': {
        events: Array.from({ length: 5 }, (_, n) =>
          failure('ann', `203.0.113.${n}`, n * 9 * MINUTE, { securityContext: { asNumber: 64_500 + n } }),
        ),
      },
    },
  },
  okta_brute_force_with_device_rotation: {
    hits: {
      'seven devices': { events: rotated(7), level: 'low' },
      'through a proxy': { events: rotated(7, PROXY), level: 'medium' },
      'of an administrator': { events: rotated(7), accounts: ADMIN('ann'), level: 'high' },
    },
    misses: {
      'six devices': { events: rotated(6) },
      'seven people on seven devices behind one address': {
        events: people(7, (name, n) =>
          failure(name, ATTACKER, n * MINUTE, { debugContext: { debugData: { dtHash: `dt-${n}` } } }),
        ),
      },
    },
  },
  okta_brute_force: {
    hits: {
      'twenty requests within the hour': { events: again(20, 3 * MINUTE), level: 'low' },
      'from an address in a list': { events: again(20, MINUTE), threats: ['203.0.113.0/24'], level: 'medium' },
    },
    misses: {
      'nineteen requests': { events: again(19, 3 * MINUTE) },
      'twenty over more than an hour': { events: again(20, 4 * MINUTE) },
      'ten requests, of which Identity Engine writes two events each': {
        events: Array.from({ length: 10 }, (_, n) => {
          const transaction = { id: `request-${n}` };
          return [
            failure('ann', ATTACKER, n * MINUTE, { transaction }),
            of('ann', 'user.authentication.auth_via_mfa', ATTACKER, n * MINUTE, {
              outcome: { result: 'FAILURE', reason: 'INVALID_CREDENTIALS' },
              debugContext: { debugData: { factor: 'PASSWORD_AS_FACTOR' } },
              transaction,
            }),
          ];
        }).flat(),
      },
    },
  },
  okta_spray_with_one_device: {
    hits: {
      'ten people from ten addresses': { events: onDevice(10), level: 'medium' },
      'through proxies': { events: onDevice(10, PROXY), level: 'high' },
    },
    misses: {
      'nine people': { events: onDevice(9) },
      'a computer of a workshop, where most sign in after all': {
        events: [
          ...onDevice(10),
          ...people(10, (name, n) =>
            success(name, ATTACKER, n * MINUTE + 1_000, { debugContext: { debugData: { dtHash: 'dt-attacker' } } }),
          ),
        ],
      },
    },
  },
});
