import { type DeltaMessage, type SourceRecord, TransientError } from '@castellan/connector-sdk';
import { connector } from '../src/index.js';
import { Drift } from '../src/map/drift.js';
import { mapGroup } from '../src/map/group.js';
import { know, refreshOnce } from './support/one-refresh.js';
import { RecordingLogger } from './support/recording-logger.js';
import { type Answer, scripted } from './support/scripted-okta.js';
import type { TinyHost } from './support/tiny-host.js';

const SINCE = '2026-11-24T10:00:00.000Z';
const bare = (id: string): object => ({ id, type: 'OKTA_GROUP', profile: { name: id } });
const counted = (id: string, usersCount: number, appsCount: number, hasAdminPrivilege: boolean): object => ({
  ...bare(id),
  _embedded: { stats: { usersCount, appsCount, hasAdminPrivilege } },
});
const known = (id: string): SourceRecord => {
  const record = mapGroup(bare(id), new Drift(new RecordingLogger()));
  if (record === null) throw new Error('not mapped');
  return record;
};

function deltaOf(host: TinyHost): Promise<readonly DeltaMessage[]> {
  return host.as(async (context, synced) => {
    const pages: DeltaMessage[] = [];
    for await (const page of connector.delta({ ...context, stream: 'groups', since: { from: SINCE }, synced }))
      pages.push(page);
    return pages;
  });
}

/** Okta runs into its own time limit on whatever `isTooMuch`. */
const troubled = (isTooMuch: (query: URLSearchParams) => boolean, answer: (path: string) => Answer) =>
  scripted((path, query) => {
    if (isTooMuch(query)) throw new TransientError({ message: 'Okta is in trouble' });
    return answer(path);
  });

describe('statistics that Okta cannot give', () => {
  const withStats = (query: URLSearchParams): boolean => query.get('expand') === 'stats';

  it('do not keep a group from being read by itself', async () => {
    const { host, asked } = await troubled(withStats, () => ({ body: bare('g1') }));
    const scope = { field: 'key', value: 'g1' };
    const { records, complete, unread } = await refreshOnce(host, 'groups', [scope]);
    expect([records.map(({ key }) => key), complete, unread]).toEqual([['g1'], [scope], []]);
    expect(asked).toEqual(['/api/v1/groups/g1?expand=stats', '/api/v1/groups/g1']);
  });

  it('do not hide that a group is gone', async () => {
    const { host } = await troubled(withStats, () => ({ status: 404, body: { errorCode: 'E0000007' } }));
    const scope = { field: 'key', value: 'g1' };
    expect(await refreshOnce(host, 'groups', [scope])).toMatchObject({ records: [], complete: [scope], unread: [] });
  });

  it('do not end a delta', async () => {
    const { host, asked } = await troubled(withStats, () => ({ body: [bare('g1')] }));
    expect((await deltaOf(host)).flatMap(({ records }) => records.map(({ key }) => key))).toEqual(['g1']);
    expect(asked.map((path) => path.replace(/.*[?&](limit=\d+).*/, '$1'))).toEqual(['limit=200', 'limit=50', 'limit=50']);
  });

  it('are given on smaller pages of a delta', async () => {
    const { host, asked } = await troubled(
      (query) => query.get('limit') !== '50',
      () => ({ body: [counted('g1', 1, 1, false)] }),
    );
    expect((await deltaOf(host)).flatMap(({ records }) => records)).toMatchObject([{ hint: { members: 1, apps: 1 } }]);
    expect(asked).toHaveLength(2);
  });
});

describe('a group that a delta shows for the first time', () => {
  it.each([
    [
      'has people, applications and roles',
      counted('g1', 2, 1, true),
      ['memberships', 'app-group-assignments', 'group-role-assignments'],
    ],
    ['has applications only', counted('g1', 0, 3, false), ['app-group-assignments']],
    ['is not counted', bare('g1'), ['memberships', 'app-group-assignments', 'group-role-assignments']],
  ])('%s, which are read', async (_, body, streams) => {
    const { host } = await scripted(() => ({ body: [body] }));
    const stale = (await deltaOf(host)).flatMap((page) => page.stale);
    expect(stale.map(({ stream }) => stream)).toEqual(streams);
    expect(new Set(stale.map(({ scope }) => scope?.value))).toEqual(new Set(['g1']));
  });

  it('is not one that is known', async () => {
    const { host } = await scripted(() => ({ body: [counted('g1', 2, 1, true)] }));
    know(host, known('g1'));
    expect((await deltaOf(host)).flatMap((page) => page.stale)).toEqual([]);
  });
});
