import { edgeKey, type SourceRecord } from '@castellan/connector-sdk';
import { mapAccount } from '../src/map/account.js';
import { mapAppGroup, mapApplication, mapAppUser } from '../src/map/application.js';
import { Drift } from '../src/map/drift.js';
import { mapGroup, mapMembership } from '../src/map/group.js';
import { mapIdentityProvider, mapIdpUser } from '../src/map/identity-provider.js';
import { know, refreshOnce } from './support/one-refresh.js';
import { RecordingLogger } from './support/recording-logger.js';
import { type Answer, scripted } from './support/scripted-okta.js';
import type { TinyHost } from './support/tiny-host.js';

const drift = new Drift(new RecordingLogger());
const GONE: Answer = { status: 404, body: { errorCode: 'E0000007' } };
const FORBIDDEN: Answer = { status: 403, body: { errorCode: 'E0000006' } };
const EDGE = { id: 'u1', status: 'ACTIVE' };

const sure = <T>(value: T | null): T => {
  if (value === null) throw new Error('not mapped');
  return value;
};
const account = (id: string, status = 'ACTIVE'): SourceRecord => sure(mapAccount({ id, status }, drift));
const group = (id: string, type = 'OKTA_GROUP'): SourceRecord => sure(mapGroup({ id, type }, drift));
const app = (id: string): SourceRecord => sure(mapApplication({ id }, drift));
const member = (id: string, user: string): SourceRecord => sure(mapMembership({ id: user }, id, drift));
const assigned = (id: string, user: string): SourceRecord => sure(mapAppUser({ id: user }, id, drift));
const many = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `u${index}`);

async function hostWith(
  answers: Readonly<Record<string, Answer>>,
  ...records: readonly SourceRecord[]
): Promise<{ readonly host: TinyHost; readonly asked: readonly string[] }> {
  const { host, asked } = await scripted((path) => answers[path] ?? GONE);
  know(host, ...records);
  return { host, asked };
}

describe('a list that is much shorter than what is known', () => {
  const members = many(30).map((user) => member('g1', user));
  const statistics = (count: number): Answer => ({ body: { id: 'g1', _embedded: { stats: { usersCount: count } } } });

  it.each([
    [30, 'unread'],
    [0, 'complete'],
  ])('is believed of a group when Okta counts as few (%i)', async (count, expected) => {
    const answers = { '/api/v1/groups/g1/users': { body: [] }, '/api/v1/groups/g1': statistics(count) };
    const { host } = await hostWith(answers, group('g1'), ...members);
    const { complete, unread } = await refreshOnce(host, 'memberships', [{ field: 'group', value: 'g1' }]);
    expect([complete.length, unread.length]).toEqual(expected === 'complete' ? [1, 0] : [0, 1]);
  });

  it('needs no second proof when half is there', async () => {
    const { host, asked } = await hostWith(
      { '/api/v1/groups/g1/users': { body: many(15).map((id) => ({ id })) } },
      group('g1'),
      ...members,
    );
    expect((await refreshOnce(host, 'memberships', [{ field: 'group', value: 'g1' }])).complete).toHaveLength(1);
    expect(asked).toHaveLength(1);
  });

  it('is believed of an account that is still in Everyone', async () => {
    const known = [account('u1'), group('g0', 'BUILT_IN'), group('g1'), member('g1', 'u1'), member('g0', 'u1')];
    const scope = { field: 'member', value: 'u1' };
    const nothing = await hostWith({ '/api/v1/users/u1/groups': { body: [] } }, ...known);
    expect((await refreshOnce(nothing.host, 'memberships', [scope])).unread).toMatchObject([{ scope }]);
    const everyone = await hostWith({ '/api/v1/users/u1/groups': { body: [{ id: 'g0', type: 'BUILT_IN' }] } }, ...known);
    expect((await refreshOnce(everyone.host, 'memberships', [scope])).complete).toEqual([scope]);
  });

  it.each([
    ['Everyone is left', [{ id: 'g0', type: 'BUILT_IN' }], 2, 'complete'],
    ['another group that is not synced is left', [{ id: 'g7', type: 'OKTA_GROUP' }], 2, 'complete'],
    ['nothing is left', [], 2, 'unread'],
    ['Everyone and few of many are left', [{ id: 'g0', type: 'BUILT_IN' }, { id: 'g1' }], 30, 'complete'],
    ['few of many are left', [{ id: 'g7', type: 'OKTA_GROUP' }, { id: 'g1' }], 30, 'unread'],
  ] as const)('is weighed by all that Okta listed, whatever is synced: %s', async (_, body, count, expected) => {
    const groups = many(count).map((id) => `g-${id}`);
    const known = groups.flatMap((id) => [group(id), member(id, 'u1')]);
    const { host } = await hostWith({ '/api/v1/users/u1/groups': { body } }, account('u1'), ...known);
    const { complete, unread } = await refreshOnce(host, 'memberships', [{ field: 'member', value: 'u1' }]);
    expect([complete.length, unread.length]).toEqual(expected === 'complete' ? [1, 0] : [0, 1]);
  });

  it.each([
    [{ body: EDGE }, 'unread'],
    [GONE, 'complete'],
  ] as const)('is believed of an application when one that is missing is really gone (%#)', async (answer, expected) => {
    const known = [app('a1'), account('u1'), assigned('a1', 'u1')];
    const answers = { '/api/v1/apps/a1/users': { body: [] }, '/api/v1/apps': { body: [] }, '/api/v1/apps/a1/users/u1': answer };
    const scopes = [
      { field: 'application', value: 'a1' },
      { field: 'principal', value: 'u1' },
    ];
    const { host } = await hostWith(answers, ...known);
    const { complete, unread } = await refreshOnce(host, 'app-user-assignments', scopes);
    expect([complete.length, unread.length]).toEqual(expected === 'complete' ? [2, 0] : [0, 2]);
  });
});

describe('a short list of groups of an application, or of applications of a group', () => {
  const assignedGroup = sure(mapAppGroup({ id: 'g1' }, 'a1', drift));
  it.each([
    ['application', 'a1', '/api/v1/apps/a1/groups', { body: { id: 'g1' } }, 'unread'],
    ['application', 'a1', '/api/v1/apps/a1/groups', GONE, 'complete'],
    ['principal', 'g1', '/api/v1/groups/g1/apps', { body: { id: 'g1' } }, 'unread'],
    ['principal', 'g1', '/api/v1/groups/g1/apps', GONE, 'complete'],
  ] as const)('of the %s %s (%s) is held against one that is missing (%#)', async (field, value, path, answer, expected) => {
    const answers = { [path]: { body: [] }, '/api/v1/apps/a1/groups/g1': answer };
    const { host, asked } = await hostWith(answers, app('a1'), group('g1'), assignedGroup);
    const { complete, unread } = await refreshOnce(host, 'app-group-assignments', [{ field, value }]);
    expect([complete.length, unread.length]).toEqual(expected === 'complete' ? [1, 0] : [0, 1]);
    expect(asked).toHaveLength(2);
  });
});

describe('what costs no call', () => {
  it('is everything of an account that is gone', async () => {
    const { host, asked } = await hostWith({}, app('a1'), group('g1'), assigned('a1', 'u1'), member('g1', 'u1'));
    const parts = [
      ['memberships', 'member', 'u1'],
      ['app-user-assignments', 'principal', 'u1'],
      ['app-user-assignments', 'key', edgeKey('a1', 'u1')],
      ['user-role-assignments', 'principal', 'u1'],
      ['idp-links', 'account', 'u1'],
      ['authenticators', 'account', 'u1'],
    ] as const;
    for (const [stream, field, value] of parts) {
      const { complete, records } = await refreshOnce(host, stream, [{ field, value }]);
      expect([stream, complete, records]).toEqual([stream, [{ field, value }], []]);
    }
    expect(asked).toEqual([]);
  });

  it('are factors of a deactivated account, and a link that is known', async () => {
    const idp = sure(mapIdentityProvider({ id: 'i1' }, new Map(), drift));
    const link = sure(mapIdpUser({ id: 'u1' }, 'i1', drift));
    const { host, asked } = await hostWith({}, account('u1', 'DEPROVISIONED'), idp, link);
    const scope = { field: 'account', value: 'u1' };
    expect((await refreshOnce(host, 'authenticators', [scope])).complete).toEqual([scope]);
    const edge = { field: 'key', value: edgeKey('i1', 'u1') };
    expect((await refreshOnce(host, 'idp-links', [edge])).settled).toEqual([edge]);
    expect(asked).toEqual([]);
  });
});

describe('a part that cannot be read', () => {
  const scopes = ['u1', 'u2', 'u3'].map((value) => ({ field: 'key', value }));

  it('is unread, and the others are read', async () => {
    const answers = { '/api/v1/users/u1': { body: { id: 'u1' } }, '/api/v1/users/u2': FORBIDDEN };
    const { host } = await hostWith(answers, account('u3'));
    const { records, complete, unread, stale } = await refreshOnce(host, 'accounts', scopes);
    expect(records.map(({ key }) => key)).toEqual(['u1']);
    expect(complete).toEqual([scopes[0], scopes[2]]);
    expect(unread).toMatchObject([{ scope: scopes[1], reason: expect.stringContaining('does not let this connection read') }]);
    // Both the one that came and the one that is gone.
    expect([...new Set(stale.map(({ scope }) => scope?.value))]).toEqual(['u1', 'u3']);
  });

  it('ends the refresh when it is not its own fault', async () => {
    const { host } = await hostWith({ '/api/v1/users/u1': { status: 403, body: { errorCode: 'E0000005' } } });
    await expect(refreshOnce(host, 'accounts', scopes)).rejects.toMatchObject({ kind: 'auth' });
  });

  it('is one that names what the stream cannot be asked for', async () => {
    const { host, asked } = await hostWith({});
    const scope = { field: 'status', value: 'active' };
    expect((await refreshOnce(host, 'accounts', [scope])).unread).toMatchObject([{ scope }]);
    expect(asked).toEqual([]);
  });
});

describe('an answer that is not what was asked for', () => {
  const idp = (): SourceRecord => sure(mapIdentityProvider({ id: 'i1' }, new Map(), drift));
  const link = (id: string): SourceRecord => sure(mapIdpUser({ id }, 'i1', drift));
  const odd: readonly Answer[] = [{ body: {} }, { body: [] }, { body: 'ok' }, { body: { id: 'other' } }];

  it.each(odd)('takes no link away: %j', async (answer) => {
    const key = { field: 'key', value: edgeKey('i1', 'u1') };
    const fresh = await hostWith({ '/api/v1/idps/i1/users/u1': answer }, account('u1'), idp());
    expect(await refreshOnce(fresh.host, 'idp-links', [key])).toMatchObject({
      records: [],
      complete: [],
      unread: [{ scope: key, reason: expect.stringContaining('not this link') }],
    });
    const second = { '/api/v1/idps/i1/users/u1': answer, '/api/v1/idps/i2/users/u1': { body: { id: 'u1' } } };
    const others = [sure(mapIdentityProvider({ id: 'i2' }, new Map(), drift)), sure(mapIdpUser({ id: 'u1' }, 'i2', drift))];
    const { host } = await hostWith(second, account('u1'), idp(), link('u1'), ...others);
    const of = { field: 'account', value: 'u1' };
    const { records, complete, unread } = await refreshOnce(host, 'idp-links', [of]);
    expect([records.map((record) => record.key), complete]).toEqual([[edgeKey('i2', 'u1')], []]);
    expect(unread).toMatchObject([{ scope: of }]);
  });

  it.each(odd.flatMap((answer) => [undefined, { route: 'groups' }].map((state) => [answer, state] as const)))(
    'takes no assignment of a group away: %j, last listed %j',
    async (answer, state) => {
      const { host } = await hostWith({ '/api/v1/apps/a1/groups/g1': answer }, app('a1'), group('g1'));
      const scope = { field: 'key', value: edgeKey('a1', 'g1') };
      expect(await refreshOnce(host, 'app-group-assignments', [scope], state)).toMatchObject({
        records: [],
        complete: [],
        unread: [{ scope, reason: expect.stringContaining('not this assignment') }],
      });
    },
  );

  it('is none when Okta says that it is gone', async () => {
    const { host } = await hostWith({}, account('u1'), idp(), link('u1'), app('a1'), group('g1'));
    for (const [stream, scope] of [
      ['idp-links', { field: 'account', value: 'u1' }],
      ['app-group-assignments', { field: 'key', value: edgeKey('a1', 'g1') }],
    ] as const)
      expect(await refreshOnce(host, stream, [scope])).toMatchObject({ records: [], complete: [scope], unread: [] });
  });
});

describe('the shape of an assignment of a group', () => {
  it.each([
    [undefined, 3],
    [{ route: 'groups' }, null],
  ] as const)('is that of the last listing (%j)', async (state, priority) => {
    const { host } = await hostWith(
      { '/api/v1/apps/a1/groups/g1': { body: { id: 'g1', priority: 3 } } },
      app('a1'),
      group('g1'),
    );
    const scope = { field: 'key', value: edgeKey('a1', 'g1') };
    const { records } = await refreshOnce(host, 'app-group-assignments', [scope], state);
    expect(records).toMatchObject([{ partition: 'a1', data: { principalKind: 'group', priority } }]);
    expect(records[0]?.raw === undefined).toBe(priority === null);
  });
});
