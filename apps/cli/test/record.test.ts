import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Replay, serveFixtures } from '@castellan/connector-testkit/replay';
import type { Simulator } from '@castellan/okta-simulator';
import type { RecordOptions } from '../src/record/record.js';
import { castellan, commands, type Ended, inProcess, simulatorHere } from './castellan.js';
import { type Upstream, upstreamOf } from './upstream.js';

const CANARY = 'Canary7f3a9c';

let folder: string;
let simulator: Simulator;
let upstream: Upstream;
/** A file with the settings for `upstream`. */
let config: string;
let recorded: Ended;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'castellan-record-'));
  simulator = await simulatorHere({ users: 60, groups: 8, apps: 4, seed: 5 });
  simulator.org.addUser({ firstName: `${CANARY}first`, lastName: `de ${CANARY}last`, login: `${CANARY}@acme.example` });
  // A provider has more in its answers than a simulator.
  upstream = await upstreamOf(simulator.url, (answering) => {
    if (!answering.path.startsWith('/api/v1/users?')) return;
    const people: readonly Record<string, unknown>[] = JSON.parse(answering.body);
    answering.body = JSON.stringify(
      people.map((person) => ({ ...person, ...MORE, profile: { ...Object(person['profile']), ...OWN } })),
    );
  });
  config = join(folder, 'upstream.json');
  await writeFile(config, lineOf(upstream));
  recorded = await program('--out', join(folder, 'fixtures'));
}, 60_000);
afterAll(async () => {
  await upstream.close();
  await simulator.close();
  await rm(folder, { recursive: true });
});

/** What else people may have in their records: under any name, in any form. */
const MORE = {
  credentials: {
    password: { hash: { algorithm: 'BCRYPT', salt: `${CANARY}salt`, value: `${CANARY}hash` } },
    recovery_question: { question: `${CANARY}?`, answer: CANARY },
  },
  nickName: CANARY,
  status_text: `is ${CANARY}`,
  state: 'Bragança',
  homeState: 'Minho',
  address: { city: 'Porto', state: CANARY, postalCode: '4711' },
  birthDate: '1981-02-03',
  born: '1981-02-03',
  employeeNumber: 47111,
  salary: 84_321,
  phone: '+351 912 345 678',
  site: `https://people.example/${CANARY}`,
  [`${CANARY}@acme.example`]: { tags: [CANARY, CANARY.toUpperCase()] },
  latitude: 41.1496,
};
/** What an organisation has filled in itself may have the names that providers give to codes. */
const OWN = { kind: 'Mariana', status: 'Lisboa', nested: { type: 'Beatriz' } };
const REAL = [
  'Mariana',
  'Lisboa',
  'Beatriz',
  '1981-02-03',
  '47111',
  '84321',
  '912 345 678',
  '41.1496',
  'Porto',
  '4711',
  'Bragan',
  'Minho',
];

function lineOf({ url }: { readonly url: string }): string {
  return JSON.stringify({ url, config: { ...simulator.config, domain: url } });
}

/** `castellan record okta --config - ...`, as a process. */
function program(...args: string[]): Promise<Ended> {
  return castellan(['record', 'okta', '--config', '-', ...args], { input: lineOf(upstream) });
}

function record(name: string, options: Partial<RecordOptions> = {}): Promise<Ended> {
  return inProcess((output, signal) =>
    commands.record('okta', { config, out: join(folder, name), ...options }, output, signal),
  );
}

function sync(file: string): Promise<Ended> {
  return inProcess((output, signal) => commands.sync('okta', { config: file }, output, signal));
}

async function files(name = 'fixtures'): Promise<ReadonlyMap<string, string>> {
  const requests = join(folder, name, 'requests');
  const names = (await readdir(requests)).toSorted();
  return new Map(await Promise.all(names.map(async (file) => [file, await readFile(join(requests, file), 'utf8')] as const)));
}

interface Page {
  readonly stream: string;
  readonly records?: readonly { readonly kind: string; readonly key: string }[];
}
/** Records by stream. */
function countsOf({ lines }: Ended): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  // Lines of `sync`.
  for (const { stream, records } of lines as readonly Page[]) counts[stream] = (counts[stream] ?? 0) + (records?.length ?? 0);
  return counts;
}

async function replaying<T>(name: string, work: (replay: Replay) => Promise<T>): Promise<T> {
  const replay = await serveFixtures(join(folder, name));
  try {
    return await work(replay);
  } finally {
    await replay.close();
  }
}

async function syncOf(replay: Replay): Promise<Ended> {
  const file = join(folder, 'replay.json');
  await writeFile(file, lineOf(replay));
  return sync(file);
}

describe('record', () => {
  test('says where it is, and shows no record', async () => {
    const { code, lines, stdout } = recorded;
    expect(code).toBe(0);
    expect(lines).toEqual([{ folder: join(folder, 'fixtures'), requests: (await files()).size }]);
    expect(stdout).not.toContain(CANARY);
    expect(JSON.parse(await readFile(join(folder, 'fixtures', 'fixtures.json'), 'utf8'))).toEqual({
      version: 1,
      connector: 'okta',
    });
  });

  test('no secret and nothing of a person is in a file, nor in the name of one', async () => {
    const all = [...(await files())].flat().join('\n');
    expect(all.toLowerCase()).not.toContain(CANARY.toLowerCase());
    for (const real of REAL) expect([real, all.includes(`${real}`)]).toEqual([real, false]);
    const { clientSecret, clientId } = simulator.config.auth;
    expect(all).not.toContain(clientSecret);
    expect(all).not.toContain(clientId);
    expect(all).not.toContain(new URL(upstream.url).host);
    const people = [...simulator.org.directory.users.values()];
    expect(people.length).toBe(61);
    const words = new Set(all.split(/[^\p{L}\p{N}@._-]+/u).map((word) => word.toLowerCase()));
    for (const { id, profile } of people) {
      expect(all).not.toContain(String(id));
      // The simulator's people have a flat profile.
      const { login, email, firstName, lastName, mobilePhone, displayName, secondEmail } = profile as Record<string, unknown>;
      for (const value of [login, email, mobilePhone, secondEmail, displayName].filter((text) => typeof text === 'string'))
        expect(all).not.toContain(value);
      for (const value of [firstName, lastName])
        expect([value, words.has(String(value).toLowerCase())]).toEqual([value, false]);
    }
  });

  test('a sync of the replay reads as many records, again and again', async () => {
    const truth = countsOf(await sync(config));
    expect(Object.keys(truth).length).toBeGreaterThan(14);
    await replaying('fixtures', async (replay) => {
      for (const round of [1, 2]) {
        const replayed = await syncOf(replay);
        expect({ round, code: replayed.code, ...countsOf(replayed) }).toEqual({ round, code: 0, ...truth });
        const keys = (replayed.lines as readonly Page[]).flatMap(({ records = [] }) =>
          records.map(({ kind, key }) => `${kind} ${key}`),
        );
        expect(new Set(keys).size).toBe(keys.length);
      }
      expect(replay.missing).toEqual([]);
    });
  }, 120_000);

  test('the same organisation makes the same files', async () => {
    await record('again');
    const moments = (text: string): string => text.replaceAll(/since=\d{4}[^&>"]*/g, 'since=*');
    const normal = async (name: string) => [...(await files(name))].map(([file, text]) => [file, moments(text)]);
    expect(await normal('again')).toEqual(await normal('fixtures'));
  });

  test('a field that is named with --keep stays', async () => {
    await program('--out', join(folder, 'kept'), '--streams', 'accounts', '--keep', 'nickName,countryCode');
    const all = [...(await files('kept')).values()].join('\n');
    expect(all).toContain(`"nickName": "${CANARY}"`);
    expect(all.split(CANARY).length).toBe(all.split('"nickName"').length);
  });

  test('a folder with something else in it stays as it is; an older recording is replaced', async () => {
    const other = join(folder, 'other');
    await mkdir(other);
    await writeFile(join(other, 'mine.txt'), 'mine');
    const asked = simulator.requests.recent.length;
    expect(await record('other')).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('stays as it is'),
    });
    expect(simulator.requests.recent.length).toBe(asked);
    expect(await readdir(other)).toEqual(['mine.txt']);
    const before = [...(await files('kept')).keys()];
    await record('kept', { streams: 'idp-links' });
    expect([...(await files('kept')).keys()]).not.toEqual(before);
    expect((await readdir(folder)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  test('what failed is recorded as well, and the exit code says so', async () => {
    simulator.setFaults([
      { kind: 'forbidden', match: '/api/v1/groups' },
      { kind: 'retry-429', match: '/api/v1/apps', times: 1 },
    ]);
    try {
      const { code } = await record('failed', { streams: 'groups,applications' });
      expect(code).toBe(1);
    } finally {
      simulator.setFaults([]);
    }
    const all = [...(await files('failed'))];
    const statuses = (name: string) =>
      all
        .filter(([file]) => file.startsWith(name))
        .flatMap(([, text]) => JSON.parse(text).answers.map(({ status }: { status: number }) => status));
    expect(statuses('get-api-v1-groups')).toEqual([403]);
    // "Later" is not what somebody records.
    expect(statuses('get-api-v1-apps-limit')).toEqual([200]);
  });
});
