import { DAY, HOUR, type Line, line, MINUTE, target, user } from './log-line.js';
import { factor, failure, of, people, success } from './sign-ins.js';
import { found } from './stories.js';

const OFFICE = '192.0.2.10';

/** Days in which nothing happens that anybody should be woken for. */
const DAYS: Readonly<Record<string, readonly Line[]>> = {
  'a Monday morning of three hundred people behind one address': people(300, (name, n) => success(name, OFFICE, n * 12_000))
    .concat(people(40, (name, n) => failure(name, OFFICE, n * 60_000)))
    .concat(people(4, (name, n) => failure(name, OFFICE, n * MINUTE, { actor: stranger(`${name}@typo.test`) })))
    .concat(
      people(300, (name, n) => factor(name, OFFICE, n * 12_000, 'SUCCESS', { pushOnlyResponseType: 'OV_RESPONSE_APPROVE' })),
    )
    .concat(people(20, (name, n) => factor(name, OFFICE, n * MINUTE, 'ABANDONED')))
    .concat(people(3, (name, n) => factor(name, OFFICE, n * MINUTE, 'FAILURE', { pushOnlyResponseType: 'OV_RESPONSE_DENY' }))),
  'the day on which the passwords of forty people expire': people(40, (name, n) => failure(name, OFFICE, n * MINUTE)).concat(
    people(40, (name, n) => success(name, OFFICE, n * MINUTE + 30_000)),
  ),
  'a phone that goes on with an old password, and its owner': Array.from({ length: 40 }, (_, n) =>
    failure('ann', '198.51.100.4', n * MINUTE),
  ).concat(success('ann', '198.51.100.4', 41 * MINUTE), of('ann', 'user.account.lock', '198.51.100.4', 39 * MINUTE)),
  'somebody who travels with a new phone': [
    success('ann', OFFICE, -30 * DAY),
    success('ann', '198.51.100.4', 0, {
      client: { ipAddress: '198.51.100.4', geographicalContext: { country: 'Portugal' } },
      debugContext: {
        debugData: { dtHash: 'dt-phone', behaviors: '{New Device=POSITIVE, New IP=POSITIVE, New Country=POSITIVE}' },
      },
    }),
    failure('ann', '198.51.100.4', MINUTE),
    factor('ann', '198.51.100.4', 2 * MINUTE, 'FAILURE', { pushOnlyResponseType: 'OV_RESPONSE_DENY' }),
    factor('ann', '198.51.100.4', 3 * MINUTE, 'SUCCESS', { pushOnlyResponseType: 'OV_RESPONSE_APPROVE' }),
    line('application.user_membership.show_password', { target: [target('User', 'ann', user('ann'))] }, 5 * MINUTE),
    line('user.account.update_secondary_email', { target: [target('User', 'ann', user('ann'))] }, 6 * MINUTE),
  ],
  'a help desk that helps one person': [
    of('bob', 'user.account.lock', OFFICE, 0),
    line('user.account.reset_password', { target: [target('User', 'bob', user('bob'))] }, MINUTE),
    line('user.behavior.profile.reset', { target: [target('User', 'bob', user('bob'))] }, 2 * MINUTE),
    success('bob', OFFICE, HOUR),
  ],
  'thirty people who begin on one day': people(30, (name, n) =>
    line('user.lifecycle.create', { target: [target('User', name, user(name))] }, n * MINUTE),
  )
    .concat(people(30, (name, n) => success(name, OFFICE, 2 * HOUR + n * MINUTE)))
    .concat(
      people(30, (name, n) =>
        of(name, 'user.authentication.sso', OFFICE, 3 * HOUR + n * MINUTE, {
          target: [target('AppInstance', `App ${n % 12}`)],
        }),
      ),
    ),
};

function stranger(name: string): Line {
  return { id: 'unknown', type: 'User', alternateId: name, displayName: 'unknown' };
}

// Those that are told: blocks of correlations are all informational.
for (const [title, events] of Object.entries(DAYS))
  test(`nothing above low is found in ${title}`, async () => {
    const levels = await found({ events });
    expect([...levels].filter(([, level]) => level !== 'low' && level !== 'informational')).toEqual([]);
  });
