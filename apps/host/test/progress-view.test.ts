import type { StreamView } from '@castellan/api';
import type { LiveRun, LiveStream } from '@castellan/storage';
import type { SyncPlan } from '@castellan/connector-sdk';
import type { IntegrationOverview } from '../src/integrations/integration-views.js';
import { RowRates } from '../src/progress/row-rates.js';
import { secondsLeft } from '../src/progress/seconds-left.js';
import { WorkspaceProgress } from '../src/progress/workspace-progress.js';

const BEGAN = Date.parse('2026-11-25T10:00:00.000Z');

function stream(name: string, more: Partial<LiveStream> = {}): LiveStream {
  return { stream: name, semantics: 'snapshot', state: 'reading', isOpened: true, pages: 1, rows: 0, ...more };
}

function runAt(seconds: number, streamRuns: readonly LiveStream[], more: Partial<LiveRun> = {}): LiveRun {
  return {
    id: 'run',
    integrationId: 'okta',
    mode: 'full',
    cause: 'manual',
    state: 'running',
    streams: [],
    startedAt: new Date(BEGAN),
    isAtWork: true,
    progress: null,
    readAt: new Date(BEGAN + seconds * 1_000),
    streamRuns,
    ...more,
  };
}

function plan(more: Partial<SyncPlan> = {}): SyncPlan {
  return { buckets: [], floorMinutes: null, dominates: null, secondsLeft: null, routes: [], leftOut: [], ...more };
}

describe('the rate', () => {
  const rated = (points: readonly (readonly [number, number])[]): RowRates => {
    const rates = new RowRates();
    for (const [seconds, rows] of points) rates.note([runAt(seconds, [stream('accounts', { rows })])]);
    return rates;
  };

  it('is of rows and seconds, and not told before three seconds', () => {
    expect(
      rated([
        [0, 200],
        [2, 600],
      ]).perSecond('run', 'accounts'),
    ).toBeNull();
    expect(
      rated([
        [0, 200],
        [2, 600],
        [4, 1_000],
      ]).perSecond('run', 'accounts'),
    ).toBe(200);
  });

  it('is good for a forecast after ten', () => {
    expect(
      rated([
        [0, 0],
        [9, 900],
      ]).steady('run', 'accounts'),
    ).toBeNull();
    expect(
      rated([
        [0, 0],
        [10, 1_000],
      ]).steady('run', 'accounts'),
    ).toBe(100);
  });

  it('forgets what is older than twenty seconds, and runs that are over', () => {
    const points = Array.from({ length: 41 }, (_, second) => [second, second <= 20 ? second * 1_000 : 20_000] as const);
    const rates = rated(points);
    expect(rates.perSecond('run', 'accounts')).toBe(0);
    rates.note([]);
    expect(rates.perSecond('run', 'accounts')).toBeNull();
  });

  it('does not count the time before the first page', () => {
    const rates = new RowRates();
    for (const at of [0, 10, 20]) rates.note([runAt(at, [stream('memberships', { pages: 0 })])]);
    for (const at of [21, 25]) rates.note([runAt(at, [stream('memberships', { rows: (at - 20) * 50 })])]);
    expect(rates.perSecond('run', 'memberships')).toBe(50);
  });
});

describe('the time that is left', () => {
  const reading = (rows: number, total: number | null, steady: number | null) => ({ state: 'reading', rows, total, steady });

  it.each([
    ['nothing is known', null, [reading(10, null, 5)], null],
    ['there is a total and no rate', null, [reading(10, 100, null)], null],
    ['nothing moves', null, [reading(10, 100, 0)], null],
    ['both are known', null, [reading(100, 1_100, 50)], 20],
    ['one of two streams is not known', null, [reading(100, 1_100, 50), reading(1, null, 1)], null],
    ['both streams are known', null, [reading(100, 1_100, 50), reading(0, 900, 10)], 90],
    ['one is through', null, [{ ...reading(9, 9, null), state: 'complete' }, reading(0, 100, 10)], 10],
    ['the plan says more', 300, [reading(100, 1_100, 50)], 300],
    ['the plan says less than the rows', 3, [reading(100, 1_100, 50), reading(1, null, 1)], 20],
    ['only the plan speaks', 42, [reading(1, null, null)], 42],
    ['no stream is open', null, [], null],
  ])('when %s', (_, planned, streams, expected) => {
    expect(secondsLeft(planned, streams)).toBe(expected);
  });
});

describe('a run', () => {
  const view = (name: string, kind: StreamView['kind']): StreamView => {
    return {
      name,
      kind,
      requires: [],
      state: 'pending',
      freshAt: null,
      isPolled: false,
      error: null,
      unlisted: [],
      unlistedCount: 0,
    };
  };
  const okta: IntegrationOverview = {
    id: 'okta',
    name: 'Okta',
    status: { state: 'syncing', message: 'A sync is under way.', next: null },
    streams: [view('accounts', 'account'), view('groups', 'group'), view('activity', 'activity')],
  };
  const LOG = stream('activity', { semantics: 'changes', state: 'complete', rows: 7 });

  async function shown(runs: readonly LiveRun[], listed: Readonly<Record<string, number>> = {}) {
    const rows = Object.entries(listed).map(([name, count]) => ({ runId: 'run', stream: name, rows: count }));
    let look = 0;
    const source = {
      overviews: async () => [okta],
      atOnce: <T>(work: () => Promise<T>) => work(),
      liveRuns: async () => [runs[look++] ?? runAt(0, [])],
      lastListed: async () => rows,
    };
    const progress = new WorkspaceProgress(source, 'acme');
    for (const _ of runs.slice(1)) await progress.read();
    return (await progress.read())[0]?.run;
  }

  it('may list every stream until its listings are opened, and then only those', async () => {
    const refreshed = stream('groups', { state: 'complete', isOpened: false, rows: 3 });
    const before = await shown([runAt(1, [LOG, refreshed])]);
    expect(before?.streams.map(({ name, state, rows }) => [name, state, rows])).toEqual([
      ['accounts', 'pending', 0],
      ['groups', 'pending', 0],
      ['activity', 'complete', 7],
    ]);
    const after = await shown([runAt(2, [LOG, refreshed, stream('accounts', { pages: 0 })])]);
    expect(after?.streams.map(({ name, state }) => [name, state])).toEqual([
      ['accounts', 'pending'],
      ['activity', 'complete'],
    ]);
  });

  it('shows only what was asked for, and of a poll only what it has read', async () => {
    expect((await shown([runAt(1, [], { streams: ['groups'] })]))?.streams.map(({ name }) => name)).toEqual(['groups']);
    const poll = await shown([
      runAt(9, [LOG, stream('groups', { state: 'complete', isOpened: false, rows: 3 })], { mode: 'poll' }),
    ]);
    expect(poll?.streams.map(({ name, rows }) => [name, rows])).toEqual([
      ['groups', 3],
      ['activity', 7],
    ]);
  });

  it('takes the total from the provider, else from the last listing, and from neither once it was exceeded', async () => {
    const streams = [stream('accounts', { rows: 90 }), stream('groups', { rows: 90 })];
    const progress = { at: '', plan: plan({ expected: { accounts: 400 } }), waits: [] };
    const totals = async (rows: readonly LiveStream[]) =>
      (await shown([runAt(1, rows, { progress })], { accounts: 380, groups: 100 }))?.streams.map((one) => [
        one.total,
        one.estimated,
      ]);
    expect(await totals(streams)).toEqual([
      [400, true],
      [100, true],
    ]);
    expect(await totals([stream('accounts', { rows: 401 }), stream('groups', { rows: 101, state: 'complete' })])).toEqual([
      [null, false],
      [101, false],
    ]);
  });

  it('lets a forecast grow older, and drops it when it has not come true', async () => {
    const progress = { at: '', plan: plan({ secondsLeft: 30 }), waits: [] };
    const rows = [stream('accounts')];
    const at = (seconds: number): LiveRun => runAt(seconds, rows, { progress });
    expect((await shown([at(5)]))?.secondsLeft).toBe(30);
    expect((await shown([at(5), at(17)]))?.secondsLeft).toBe(18);
    expect((await shown([at(5), at(37)]))?.secondsLeft).toBe(0);
    expect((await shown([at(5), at(39)]))?.secondsLeft).toBeNull();
    const newer = runAt(39, rows, { progress: { ...progress, plan: plan({ secondsLeft: 50 }) } });
    expect((await shown([at(5), newer]))?.secondsLeft).toBe(50);
  });

  it('of a host that has died waits for nothing and has no forecast', async () => {
    const until = new Date(BEGAN + 60_000).toISOString();
    const wait = { bucket: '/api/v1/users', until, reason: 'budget' };
    const past = { ...wait, until: new Date(BEGAN - 60_000).toISOString() };
    const progress = { at: '', plan: plan({ secondsLeft: 30 }), waits: [wait, past] };
    expect(await shown([runAt(1, [], { progress })])).toMatchObject({ waits: [wait], secondsLeft: 30 });
    expect(await shown([runAt(1, [], { progress, isAtWork: false })])).toMatchObject({ waits: [], secondsLeft: null });
  });

  it('counts its calls over all buckets, and shows the allowance of the scarcest', async () => {
    const buckets = [
      { bucket: '/api/v1/users', calls: 30, done: 10, perMinute: 300, minutes: 0.1 },
      { bucket: '/api/v1/apps', calls: 70, done: 5, perMinute: 40, minutes: 1.75 },
    ];
    const progress = { at: '', plan: plan({ buckets, dominates: '/api/v1/apps', floorMinutes: 1.75 }), waits: [] };
    expect(await shown([runAt(1, [], { progress })])).toMatchObject({
      calls: { done: 15, planned: 100, dominates: '/api/v1/apps', perMinute: 40 },
      floorMinutes: 1.75,
    });
  });
});
