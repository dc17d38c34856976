import { edgeKey, type Json, type SourceRecord } from '@castellan/connector-sdk';
import { mapAccount } from '../src/map/account.js';
import { Drift } from '../src/map/drift.js';
import { mapGroup, mapMembership } from '../src/map/group.js';
import { know, refreshOnce } from './support/one-refresh.js';
import { RecordingLogger } from './support/recording-logger.js';
import { type Answer, scripted } from './support/scripted-okta.js';
import type { TinyHost } from './support/tiny-host.js';

const drift = new Drift(new RecordingLogger());
const sure = <T>(value: T | null): T => {
  if (value === null) throw new Error('not mapped');
  return value;
};
const EVERYONE = { id: 'g0', type: 'BUILT_IN', profile: { name: 'Everyone' } };
const account = (status: string): SourceRecord => sure(mapAccount({ id: 'u1', status }, drift));
const edge = sure(mapMembership({ id: 'u1' }, 'g0', drift));
const scope = { field: 'member', value: 'u1' };

async function hostWith(
  answer: Answer,
  ...records: readonly SourceRecord[]
): Promise<{ readonly host: TinyHost; readonly asked: readonly string[] }> {
  const { host, asked } = await scripted(() => answer);
  know(host, sure(mapGroup(EVERYONE, drift)), ...records);
  return { host, asked };
}

describe('the rule whether Everyone keeps the deprovisioned', () => {
  const list = async (statuses: readonly string[], usersCount: number): Promise<Json | undefined> => {
    const { host } = await scripted((path) => {
      if (path === '/api/v1/users') return { body: statuses.map((status, index) => ({ id: `u${index}`, status })) };
      return { body: [{ ...EVERYONE, _embedded: { stats: { usersCount } } }] };
    });
    await host.run(['accounts', 'groups', 'everyone-memberships']);
    expect(host.stopped).toEqual([]);
    expect(host.completed).toContain('everyone-memberships');
    expect(host.count('membership')).toBe(usersCount);
    return host.states['everyone-memberships'];
  };

  it.each([
    [['ACTIVE', 'DEPROVISIONED'], 2, { counts: 'all' }],
    [['ACTIVE', 'DEPROVISIONED'], 1, { counts: 'present' }],
    [['ACTIVE', 'SUSPENDED'], 2, undefined],
  ] as const)('%j, counted as %i: %j', async (statuses, count, state) => {
    expect(await list(statuses, count)).toEqual(state);
  });
});

describe('somebody who is deactivated where no rule is known', () => {
  const gone: Answer = { status: 404, body: { errorCode: 'E0000007' } };

  it.each<[string, Answer, readonly string[]]>([
    ['stays in Everyone where Okta lists it', { body: [{ id: 'g5' }, EVERYONE] }, [edge.key]],
    ['leaves it where Okta does not', { body: [{ id: 'g5' }] }, []],
    ['leaves it when deleted meanwhile', gone, []],
  ])('%s', async (_, answer, keys) => {
    const { host, asked } = await hostWith(answer, account('DEPROVISIONED'), edge);
    const { records, complete, stale } = await refreshOnce(host, 'everyone-memberships', [scope]);
    expect([records.map(({ key }) => key), complete]).toEqual([keys, [scope]]);
    expect(asked).toEqual(['/api/v1/users/u1/groups?limit=200']);
    // Everyone's own count has moved with them.
    expect(stale.map((one) => [one.stream, one.scope?.value])).toEqual(keys.length === 0 ? [['groups', 'g0']] : []);
    expect(records).toEqual(keys.length === 0 ? [] : [edge]);
  });

  it('is left as it is when Okta lists no group at all', async () => {
    const { host } = await hostWith({ body: [] }, account('DEPROVISIONED'), edge);
    const { complete, unread } = await refreshOnce(host, 'everyone-memberships', [scope]);
    expect([complete, unread.map((one) => one.scope)]).toEqual([[], [scope]]);
  });

  it.each([
    [{ counts: 'all' }, 'DEPROVISIONED', 1],
    [{ counts: 'present' }, 'DEPROVISIONED', 0],
    [undefined, 'ACTIVE', 1],
  ] as const)('costs no call with the rule %j and the status %s', async (state, status, count) => {
    const { host, asked } = await hostWith(gone, account(status), edge);
    const { records, complete } = await refreshOnce(host, 'everyone-memberships', [scope], state);
    expect([records.length, complete, asked]).toEqual([count, [scope], []]);
    expect(records.every(({ key }) => key === edgeKey('g0', 'u1'))).toBe(true);
  });
});
