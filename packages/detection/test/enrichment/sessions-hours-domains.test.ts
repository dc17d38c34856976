import { saidOf } from './said-of.js';
import { Enricher } from '../../src/enrichment/enricher.js';
import { HistoriesInMemory } from '../../src/enrichment/memory.js';
import { networksOf } from '../../src/enrichment/networks.js';
import { type LogEvent, readEvent } from '../../src/log-event.js';
import { DAY, HOUR, type Line, line } from '../rules/log-line.js';

/** Mondays to Sundays: the stories begin on a Monday, at nine. */
const signIn = (after: number, more: Line = {}): LogEvent => {
  const event = readEvent(line('user.session.start', more, after));
  if (event === undefined) throw new Error('The line is an event.');
  return event;
};

function enricherAfter(...events: readonly LogEvent[]): Enricher {
  const enricher = new Enricher({
    known: { account: () => undefined, group: () => undefined },
    memory: new HistoriesInMemory(),
    ownNetworks: networksOf([]),
    threats: networksOf([]),
  });
  enricher.learn(events);
  return enricher;
}

test.each([
  ['at an hour of before', 0, false],
  ['an hour later', HOUR, false],
  ['an hour earlier', -HOUR, false],
  ['two hours later', 2 * HOUR, true],
  ['at the same hour of a Saturday', 5 * DAY, true],
  ['at the same hour of a Friday', 4 * DAY, false],
])('who has signed in on Mondays at nine, and does so %s, is told: new is %s', (_, after, isNew) => {
  const mondays = [35, 28, 21, 14, 7].map((days) => signIn(-days * DAY));
  const now = signIn(after);
  expect(saidOf(enricherAfter(...mondays, now), now)).toMatchObject({ hour: { isNew } });
});

test('of an account that is known for less than four weeks no new hour is told', () => {
  const now = signIn(12 * HOUR);
  expect(saidOf(enricherAfter(signIn(-27 * DAY), now), now)).toMatchObject({ hour: {} });
  expect(saidOf(enricherAfter(signIn(-27 * DAY), now), now)).not.toHaveProperty('hour.isNew');
});

test.each([
  [{ rootSessionId: 'root', externalSessionId: 'one' }, { id: 'root' }],
  [{ rootSessionId: null, externalSessionId: 'one' }, { id: 'one' }],
  [{ rootSessionId: 'unknown', externalSessionId: 'one' }, { id: 'one' }],
  [{ rootSessionId: null, externalSessionId: 'unknown' }, undefined],
])('the session of %j is %j', (authenticationContext, session) => {
  const x = saidOf(enricherAfter(), signIn(0, { authenticationContext }));
  expect(x).toHaveProperty('actor');
  expect(x).toEqual(
    session === undefined ? expect.not.objectContaining({ session: expect.anything() }) : expect.objectContaining({ session }),
  );
});

test.each([
  ['Ann@Acme.Test', 'acme.test'],
  ['ann', undefined],
  ['ann@', undefined],
  ['@acme.test', undefined],
  ['a@b@acme.test', 'acme.test'],
])('the domain of %s is %s', (alternateId, domain) => {
  const said = saidOf(enricherAfter(), signIn(0, { actor: { alternateId } }));
  if (domain === undefined) expect(said).not.toHaveProperty('actor.domain');
  else expect(said).toMatchObject({ actor: { domain } });
});
