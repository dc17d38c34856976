import { setTimeout as sleep } from 'node:timers/promises';
import type { JsonObject, Simulator } from '../src/index.js';
import { startSimulator } from '../src/index.js';
import { get, json, linkOf, list } from './client.js';
import type { ErrorBody } from './client.js';

const DAY = 86_400_000;
const daysAgo = (days: number): string => new Date(Date.now() - days * DAY).toISOString();
const published = (rows: readonly JsonObject[]): number[] => rows.map((row) => Date.parse(String(row['published'])));

describe('System Log', () => {
  let simulator: Simulator;
  beforeAll(async () => {
    simulator = await startSimulator({ users: 100, events: 1500 });
  });
  afterAll(() => simulator.close());

  it('polls in the order of persistence and always gives a next link, on an empty page too', async () => {
    const rows: JsonObject[] = [];
    let url = `/api/v1/logs?since=${daysAgo(89.9)}&limit=400`;
    for (;;) {
      const answer = await get(simulator, url);
      const page = json<JsonObject[]>(answer);
      const next = linkOf(answer, 'next');
      expect(next).toBeDefined();
      url = next ?? '';
      if (page.length === 0) break;
      rows.push(...page);
    }
    expect(rows.length).toBeGreaterThan(1480);
    expect(new Set(rows.map((row) => row['uuid'])).size).toBe(rows.length);
    const times = published(rows);
    expect(times).not.toEqual(times.toSorted((left, right) => left - right));

    // what happens later is behind the last cursor, and only that
    const user = simulator.org.addUser({ firstName: 'Late' });
    simulator.org.setStatus(user.id, 'SUSPENDED');
    const more = json<JsonObject[]>(await get(simulator, url));
    expect(more.map((event) => event['eventType'])).toEqual(['user.lifecycle.create', 'user.lifecycle.suspend']);
  });

  it('orders a bounded query by date and ends it without a next link', async () => {
    const { rows } = await list(simulator, `/api/v1/logs?since=${daysAgo(60)}&until=${daysAgo(30)}&limit=100`);
    const times = published(rows);
    expect(rows.length).toBeGreaterThan(300);
    expect(times).toEqual(times.toSorted((left, right) => left - right));
    const down = await list(
      simulator,
      `/api/v1/logs?since=${daysAgo(60)}&until=${daysAgo(30)}&sortOrder=DESCENDING&limit=1000`,
    );
    expect(published(down.rows)).toEqual(times.toReversed());
  });

  it('filters, and refuses what Okta refuses', async () => {
    const filter = encodeURIComponent('eventType eq "user.authentication.sso"');
    const rows = json<JsonObject[]>(await get(simulator, `/api/v1/logs?since=${daysAgo(80)}&filter=${filter}`));
    expect(rows).toHaveLength(100);
    expect(new Set(rows.map((row) => row['eventType']))).toEqual(new Set(['user.authentication.sso']));
    const refused = [
      [`since=${daysAgo(181)}`, 'E0000053'],
      [`filter=${encodeURIComponent('published gt "2026-01-01T00:00:00.000Z"')}`, 'E0000031'],
      ['after=nonsense', 'E0000031'],
    ];
    for (const [query, code] of refused) {
      const answer = await get(simulator, `/api/v1/logs?${query}`);
      expect([answer.status, json<ErrorBody>(answer).errorCode]).toEqual([400, code]);
    }
  });

  it('keeps every generated event within the 90 days, in the evening too', async () => {
    const evening = new Date('2026-11-25T23:59:00.000Z');
    const late = await startSimulator({ users: 100, events: 1500, now: () => evening });
    try {
      const since = evening.getTime() - 90 * DAY;
      const times = Array.from({ length: late.org.log.length }, (_, index) => late.org.log.publishedAt(index));
      expect([times.length, times.filter((time) => time < since)]).toEqual([1500, []]);
    } finally {
      await late.close();
    }
  });

  it('goes on by itself where that is asked for, until it is closed', async () => {
    const live = await startSimulator({ users: 40, groups: 20, apps: 12, events: 0, liveMs: 5 });
    const { log } = live.org;
    const types = (): ReadonlySet<unknown> =>
      new Set(Array.from({ length: log.length }, (_, index) => log.eventAt(index)['eventType']));
    const wanted = [
      'user.session.start',
      'user.authentication.sso',
      'group.user_membership.add',
      'group.user_membership.remove',
    ];
    const isWhole = (): boolean => wanted.every((type) => types().has(type));
    for (let turn = 0; turn < 1_000 && !isWhole(); turn += 1) await sleep(10);
    await live.close();
    expect([...types()].toSorted()).toEqual(wanted.toSorted());
    const { length } = log;
    await sleep(50);
    expect(log.length).toBe(length);
    // Nobody asked the others to.
    expect(simulator.org.log.length).toBeLessThanOrEqual(1_502);
  });

  it('shows the last sign-in of everybody who was here while it was kept', async () => {
    const { users } = simulator.org.directory;
    const newest = new Map<string, number>();
    const begun = simulator.org.log.publishedAt(0);
    for (let index = 0; index < simulator.org.log.length; index += 1) {
      const { eventType, outcome, actor, published: at } = simulator.org.log.eventAt(index);
      const { result } = outcome as JsonObject; // as above
      const id = String((actor as JsonObject)['id']); // as above
      if (eventType !== 'user.session.start' || result !== 'SUCCESS') continue;
      newest.set(id, Math.max(newest.get(id) ?? 0, Date.parse(String(at))));
    }
    const recent = [...users.values()].flatMap(({ id, lastLogin }) => {
      const time = Date.parse(String(lastLogin));
      return time >= begun ? [[id, time] as const] : [];
    });
    expect(recent.length).toBeGreaterThan(50);
    expect(recent.map(([id]) => [id, newest.get(id)])).toEqual(recent);
    const times = [...users.values()].flatMap(({ activated, lastLogin, status, statusChanged }) => {
      if (typeof lastLogin !== 'string') return [];
      const ended = status === 'DEPROVISIONED' || status === 'SUSPENDED';
      return [String(activated) <= lastLogin && (!ended || lastLogin <= String(statusChanged))];
    });
    expect(new Set(times)).toEqual(new Set([true]));
  });

  it('never shows a sign-in after the last one that the user has', async () => {
    const filter = encodeURIComponent('eventType eq "user.session.start"');
    const rows = json<JsonObject[]>(await get(simulator, `/api/v1/logs?since=${daysAgo(89)}&filter=${filter}&limit=1000`));
    for (const event of rows) {
      const actor = event['actor'] as JsonObject; // an event of the simulator has an actor
      const user = simulator.org.directory.users.get(String(actor['id']));
      expect(Date.parse(String(user?.['lastLogin']))).toBeGreaterThanOrEqual(Date.parse(String(event['published'])));
    }
  });
});
