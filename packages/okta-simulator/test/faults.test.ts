import type { FaultRule, JsonObject, Simulator } from '../src/index.js';
import { startSimulator } from '../src/index.js';
import { get, json, linkOf, send } from './client.js';
import type { ErrorBody } from './client.js';

const GROUPS = '/api/v1/groups';

describe('faults', () => {
  let simulator: Simulator;
  beforeAll(async () => {
    simulator = await startSimulator({ users: 60, groups: 40 });
  });
  afterAll(() => simulator.close());
  afterEach(() => simulator.setFaults([]));

  const strike = (rule: FaultRule): void => simulator.setFaults([{ match: GROUPS, ...rule }]);

  it.each<[FaultRule, number, string]>([
    [{ kind: 'status' }, 500, 'E0000009'],
    [{ kind: 'status', status: 503, code: 'E0000010' }, 503, 'E0000010'],
    [{ kind: 'not-found' }, 404, 'E0000007'],
    [{ kind: 'unauthorized' }, 401, 'E0000011'],
    [{ kind: 'retry-429' }, 429, 'E0000047'],
    [{ kind: 'concurrency-429' }, 429, 'E0000047'],
  ])('%j answers %i %s', async (rule, status, code) => {
    strike(rule);
    const answer = await get(simulator, GROUPS);
    expect([answer.status, json<ErrorBody>(answer).errorCode]).toEqual([status, code]);
    expect((await get(simulator, '/api/v1/apps')).status).toBe(200);
  });

  it('strikes after so many requests and so often', async () => {
    strike({ kind: 'status', after: 1, times: 2 });
    const statuses = [];
    for (let index = 0; index < 5; index += 1) statuses.push((await get(simulator, GROUPS)).status);
    expect(statuses).toEqual([200, 500, 500, 200, 200]);
  });

  it('strikes by chance, by expression, and spares the token endpoint unless it is named', async () => {
    simulator.setFaults([{ kind: 'status', probability: 0.5 }]);
    const statuses = [];
    for (let index = 0; index < 40; index += 1) statuses.push((await get(simulator, GROUPS)).status);
    expect(new Set(statuses)).toEqual(new Set([200, 500]));
    simulator.setFaults([{ kind: 'status', match: /expand=stats/g }]);
    for (let index = 0; index < 2; index += 1) expect((await get(simulator, `${GROUPS}?expand=stats`)).status).toBe(500);
    expect((await get(simulator, GROUPS)).status).toBe(200);
    simulator.setFaults([{ kind: 'status' }]);
    expect((await send(`${simulator.url}/oauth2/v1/token`, { method: 'POST' })).status).toBe(400);
    simulator.setFaults([{ kind: 'status', match: '/oauth2/v1/token' }]);
    expect((await send(`${simulator.url}/oauth2/v1/token`, { method: 'POST' })).status).toBe(500);
  });

  it('breaks connections', async () => {
    strike({ kind: 'reset' });
    await expect(get(simulator, GROUPS)).rejects.toThrow(/ECONNRESET|hang up/);
    strike({ kind: 'truncate' });
    await expect(get(simulator, GROUPS)).rejects.toThrow('aborted');
    strike({ kind: 'hang' });
    const hanging = get(simulator, GROUPS).then(
      () => 'answered',
      () => 'failed',
    );
    const waited = new Promise((resolve) => setTimeout(() => resolve('waiting'), 150));
    expect(await Promise.race([hanging, waited])).toBe('waiting');
  });

  it('is slow when told so', async () => {
    strike({ kind: 'slow', delayMs: 120 });
    const started = Date.now();
    expect((await get(simulator, GROUPS)).status).toBe(200);
    expect(Date.now() - started).toBeGreaterThanOrEqual(110);
  });

  it('spoils answers', async () => {
    strike({ kind: 'html' });
    const html = await get(simulator, GROUPS);
    expect([html.status, html.headers['content-type']]).toEqual([200, 'text/html;charset=utf-8']);
    strike({ kind: 'empty-list' });
    const empty = await get(simulator, `${GROUPS}?limit=20`);
    expect([empty.text, linkOf(empty, 'next')]).toEqual(['[]', undefined]);
    strike({ kind: 'forbidden' });
    const forbidden = await get(simulator, GROUPS);
    expect([forbidden.status, forbidden.text]).toEqual([403, '']);
    strike({ kind: 'foreign-next' });
    expect(linkOf(await get(simulator, GROUPS), 'next')).toMatch(/^https:\/\/attacker\.example\//);
    strike({ kind: 'self-next' });
    expect(linkOf(await get(simulator, `${GROUPS}?limit=20`), 'next')).toBe(`${simulator.url}${GROUPS}?limit=20`);
    strike({ kind: 'expired-cursor', times: 1 });
    const first = await get(simulator, `${GROUPS}?limit=20`);
    expect(first.status).toBe(200);
    expect((await get(simulator, linkOf(first, 'next') ?? '')).status).toBe(400);
  });

  it('spoils lists that carry their links in the body', async () => {
    simulator.setFaults([{ match: '/api/v1/iam/roles', kind: 'foreign-next', host: 'http://127.0.0.1:9' }]);
    const roles = json<{ _links: { next: { href: string } } }>(await get(simulator, '/api/v1/iam/roles'));
    expect(roles._links.next.href).toBe('http://127.0.0.1:9/api/v1/iam/roles');
    simulator.setFaults([{ match: '/api/v1/iam/roles', kind: 'empty-list' }]);
    expect(json<JsonObject>(await get(simulator, '/api/v1/iam/roles'))).toEqual({ roles: [] });
  });
});

it('ends hanging requests when it is closed', async () => {
  const simulator = await startSimulator({ users: 10, faults: [{ kind: 'hang' }] });
  const hanging = get(simulator, GROUPS).then(
    () => 'answered',
    () => 'ended',
  );
  await new Promise((resolve) => setTimeout(resolve, 50));
  await simulator.close();
  expect(await hanging).toBe('ended');
});
