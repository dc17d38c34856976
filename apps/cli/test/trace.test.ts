import { mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import type { ObservedExchange } from '@castellan/http-client';
import type { Har } from 'har-format';
import { Trace } from '../src/trace/trace.js';
import { castellan, commands, inProcess, simulatorHere } from './castellan.js';
import { type Answering, upstreamOf } from './upstream.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'castellan-trace-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** A file of settings for a command of this process. */
async function settings(url: string, config: object): Promise<string> {
  const file = join(folder, 'settings.json');
  await writeFile(file, JSON.stringify({ url, config }));
  return file;
}

const check = (config: string, trace: string) =>
  inProcess((output, signal) => commands.check('okta', { config, trace }, output, signal));

const require = createRequire(import.meta.url);

/** The schema of HAR 1.2 is as old as the format, and does not change any more. */
function harValidator(): ValidateFunction {
  const schemas: Readonly<Record<string, { readonly $id: string }>> = require('har-schema');
  // Its formats (`date-time`, `uri`) are judged below by what reads them.
  const ajv = new Ajv({
    schemas: Object.values(schemas),
    strict: false,
    validateFormats: false,
    meta: false,
    validateSchema: false,
    allErrors: true,
  });
  const validate = ajv.getSchema('har.json');
  if (validate === undefined) throw new Error('there is no schema of a HAR file');
  return validate;
}

const validate = harValidator();
const wrongIn = (har: unknown): unknown => (validate(har) === true ? [] : validate.errors);

const CANARY = 'canary7f3a9c';
const count = (text: string): number => text.split(CANARY).length - 1;

/** Puts secrets wherever a provider may have some, and echoes what it was sent. */
function careless(answering: Answering): void {
  const { path, sent } = answering;
  answering.headers['set-cookie'] = `sid=${CANARY}-cookie`;
  answering.headers['x-session-token'] = `${CANARY}-header`;
  if (path.startsWith('/oauth2/v1/token')) {
    const token: Record<string, unknown> = JSON.parse(answering.body);
    answering.body = JSON.stringify({ ...token, refresh_token: `${CANARY}-refresh`, device: { key: `${CANARY}-device` } });
    return;
  }
  if (path.startsWith('/api/v1/users?')) {
    const people: readonly Record<string, unknown>[] = JSON.parse(answering.body);
    const credentials = { password: { hash: { algorithm: 'BCRYPT', salt: `${CANARY}-salt`, value: `${CANARY}-hash` } } };
    const more = {
      userPassword: `${CANARY}-field`,
      note: `{SSHA}${CANARY}`,
      old: `$2b$10$${CANARY}${CANARY}`,
      totpSecret: `${CANARY}-totp`,
    };
    answering.body = JSON.stringify(people.map((person) => ({ ...person, credentials, more })));
    return;
  }
  if (path.startsWith('/api/v1/idps')) {
    answering.status = 403;
    answering.headers['content-type'] = 'application/json';
    answering.body = JSON.stringify({
      errorSummary: `you sent ${JSON.stringify(sent.headers)}`,
      url: `https://a.test/?code=${CANARY}`,
    });
    return;
  }
  if (path.startsWith('/api/v1/iam/roles?') || path === '/api/v1/iam/roles') {
    answering.status = 404;
    answering.headers['content-type'] = 'text/html';
    answering.body = `<html><title>No such page</title><input name="t" value="${CANARY}"><p>token=${CANARY}</html>`;
  }
}

describe('--trace', () => {
  test('every request of a sync, in a HAR file of its owner without a secret', async () => {
    const simulator = await simulatorHere({ users: 40, groups: 6, apps: 3 });
    const upstream = await upstreamOf(simulator.url, careless);
    try {
      const { clientSecret } = simulator.config.auth;
      const file = join(folder, 'sync.har');
      await writeFile(file, 'older', { mode: 0o644 });
      const input = JSON.stringify({ url: upstream.url, config: { ...simulator.config, domain: upstream.url } });
      const { stderr } = await castellan(['sync', 'okta', '--config', '-', '--trace', file], { input });
      expect((await stat(file)).mode & 0o777).toBe(0o600);
      const text = await readFile(file, 'utf8');
      const har: Har = JSON.parse(text);
      expect(wrongIn(har)).toEqual([]);
      const { entries } = har.log;
      expect(entries.length).toBeGreaterThan(20);
      expect(stderr).toContain(`Trace: ${entries.length} requests in ${file}`);

      expect(count(text)).toBe(0);
      expect(text).not.toContain(clientSecret);
      expect(text).not.toContain(Buffer.from(`:${clientSecret}`).toString('base64').slice(4, 20));
      const tokens = entries.flatMap(({ request }) => request.headers.filter(({ name }) => name === 'authorization'));
      expect(tokens.length).toBeGreaterThan(10);
      expect(new Set(tokens.map(({ value }) => value))).toEqual(new Set(['[redacted]']));

      const at = (path: string) => entries.filter(({ request }) => new URL(request.url).pathname === path);
      const [token] = at('/oauth2/v1/token');
      expect(token?.request.postData?.params).toContainEqual({ name: 'grant_type', value: 'client_credentials' });
      expect(JSON.parse(token?.response.content.text ?? '')).toMatchObject({
        token_type: 'Bearer',
        access_token: '[redacted]',
      });
      const [people] = at('/api/v1/users');
      expect(people?.request.queryString).toContainEqual({ name: 'limit', value: '200' });
      // Enough to see how people look, and not all of them.
      const shown: readonly unknown[] = JSON.parse(people?.response.content.text ?? '');
      expect([shown.length, shown.at(-1)]).toEqual([21, '[20 more]']);
      expect(people?.response.content.size).toBeGreaterThan(10_000);
      const [refused] = at('/api/v1/idps');
      expect(refused?.response).toMatchObject({ status: 403, statusText: 'Forbidden' });
      const [page] = at('/api/v1/iam/roles');
      expect(page?.response.content.text).toContain('No such page');
      for (const { startedDateTime, time, timings } of entries) {
        expect(new Date(startedDateTime).toISOString()).toBe(startedDateTime);
        expect((timings.blocked ?? 0) + timings.wait + timings.receive).toBe(time);
      }
    } finally {
      await upstream.close();
      await simulator.close();
    }
  });

  test('the canaries would be seen: they are in what the provider sends', async () => {
    const simulator = await simulatorHere({ users: 5, groups: 2, apps: 1 });
    const sent: string[] = [];
    const upstream = await upstreamOf(simulator.url, (answering) => {
      careless(answering);
      sent.push(answering.body, JSON.stringify(answering.headers));
    });
    try {
      const config = await settings(upstream.url, { ...simulator.config, domain: upstream.url });
      await inProcess((output, signal) => commands.sync('okta', { config }, output, signal));
      const all = sent.join('');
      for (const kind of ['-cookie', '-header', '-refresh', '-device', '-salt', '-hash', '-field', '-totp'])
        expect(all).toContain(`${CANARY}${kind}`);
    } finally {
      await upstream.close();
      await simulator.close();
    }
  });

  test('each attempt of a check, also those that failed', async () => {
    const simulator = await simulatorHere({
      users: 5,
      groups: 2,
      apps: 1,
      faults: [
        { kind: 'status', status: 503, match: '/api/v1/groups', times: 1 },
        { kind: 'reset', match: '/api/v1/apps', times: 1 },
      ],
    });
    try {
      const file = join(folder, 'check.har');
      expect((await check(await settings(simulator.url, simulator.config), file)).code).toBe(0);
      const har: Har = JSON.parse(await readFile(file, 'utf8'));
      expect(wrongIn(har)).toEqual([]);
      const statuses = (path: string) =>
        har.log.entries.filter(({ request }) => new URL(request.url).pathname === path).map(({ response }) => response.status);
      expect(statuses('/api/v1/groups').slice(0, 2)).toEqual([503, 200]);
      expect(statuses('/api/v1/apps').slice(0, 2)).toEqual([0, 200]);
      expect(har.log.entries.find(({ response }) => response.status === 0)?.comment).toMatch(
        /^attempt 1; no answer: (UND_ERR_SOCKET|ECONNRESET)$/,
      );
    } finally {
      await simulator.close();
    }
  });

  test('a proof that was computed for one request is found in its answer, and a full disk ends the trace only', async () => {
    const said: string[] = [];
    const output = { width: 80, json: async () => undefined, say: (text: string) => void said.push(text) };
    const file = join(folder, 'unit.har');
    const trace = new Trace(file, [], output);
    const exchange: ObservedExchange = {
      askedAt: 1,
      startedAt: 3,
      answeredAt: 6,
      endedAt: 10,
      attempt: 1,
      method: 'GET',
      url: new URL('https://acme.example/x'),
      requestHeaders: { 'x-proof': `${CANARY}-proof` },
      form: undefined,
      sentSecrets: [`${CANARY}-proof`],
      outcome: {
        kind: 'answer',
        status: 400,
        headers: { 'x-echo': [`${CANARY}-proof`] },
        text: `{"message":"bad ${CANARY}-proof"}`,
      },
    };
    trace.see(exchange);
    trace.see({ ...exchange, outcome: undefined });
    // What cannot be written as JSON fails as a disk does that is full.
    trace.see({ ...exchange, askedAt: Number.NaN });
    trace.see(exchange);
    trace.close();
    trace.see(exchange);
    const text = await readFile(file, 'utf8');
    const har: Har = JSON.parse(text);
    expect(wrongIn(har)).toEqual([]);
    expect(count(text)).toBe(0);
    expect(
      har.log.entries.map(({ timings: { blocked, wait, receive }, comment }) => [blocked, wait, receive, comment]),
    ).toEqual([
      [2, 3, 4, 'attempt 1'],
      [2, 3, 4, 'attempt 1; stopped before it was answered'],
    ]);
    expect(said).toEqual([expect.stringContaining('The trace ends here'), expect.stringContaining('Trace: 2 requests')]);
  });

  test('a file that cannot be written is told before anything is asked; a link is replaced and not followed', async () => {
    const simulator = await simulatorHere({ users: 5, groups: 2, apps: 1 });
    try {
      const config = await settings(simulator.url, simulator.config);
      const nowhere = await check(config, join(folder, 'none', 'x.har'));
      expect(nowhere).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('Name another file with --trace') });
      expect(simulator.requests.recent).toHaveLength(0);
      const other = join(folder, 'other');
      await writeFile(other, 'mine');
      await symlink(other, join(folder, 'link.har'));
      await check(config, join(folder, 'link.har'));
      expect(await readFile(other, 'utf8')).toBe('mine');
    } finally {
      await simulator.close();
    }
  });
});
