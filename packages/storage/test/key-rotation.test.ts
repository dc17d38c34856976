import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';
import {
  DEFAULT_WORKSPACE_ID,
  keyFrom,
  keyFromFile,
  keyFromText,
  type KeyProvider,
  openStorage,
  type RotationProgress,
  type Storage,
} from '../src/index.js';
import { parseKey } from '../src/secrets/master-key.js';
import { WRAPPED_KEYS } from '../src/secrets/wrapped-keys.js';
import { SILENT, TestDatabases } from './fixtures/test-database.js';

const [OLD, NEW, THIRD] = ['5a', 'a1', 'c3'].map((byte) => byte.repeat(32)) as [string, string, string];
const idOf = (text: string): string => parseKey(text, 'x').id;
const ROTATE = fileURLToPath(new URL('fixtures/rotate.mjs', import.meta.url));

const databases = new TestDatabases();
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'castellan-rotation-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await databases.close();
});

async function open(url: string, key: KeyProvider): Promise<Storage> {
  return openStorage({ url, dataDir: '', key, logger: SILENT, poolSize: 3 });
}

async function using<T>(url: string, key: KeyProvider, work: (storage: Storage) => Promise<T>): Promise<T> {
  const storage = await open(url, key);
  try {
    return await work(storage);
  } finally {
    await storage.close();
  }
}

function create(storage: Storage, secrets: Readonly<Record<string, string>>): Promise<{ readonly id: string }> {
  return storage.integrations.create(DEFAULT_WORKSPACE_ID, { connectorId: 'acme', name: 'Acme', config: {}, secrets });
}

/** Fields `f0`, `f1`, ... whose secrets say so. */
function many(count: number): Readonly<Record<string, string>> {
  return Object.fromEntries(Array.from({ length: count }, (_, n) => [`f${n}`, `secret ${n}`]));
}

/** How many keys each master key has wrapped, by its id. */
async function wrappedBy(client: pg.Client): Promise<Readonly<Record<string, number>>> {
  const all = WRAPPED_KEYS.map(({ table }) => `SELECT key_id FROM ${table}`).join(' UNION ALL ');
  const { rows } = await client.query(`SELECT key_id, count(*)::int AS count FROM (${all}) k GROUP BY 1`);
  return Object.fromEntries(rows.map(({ key_id, count }) => [key_id, count]));
}

test('every table with a wrapped key is known to the rotation', async () => {
  const url = await databases.newDatabase();
  await (await open(url, keyFromText(OLD))).close();
  const client = await databases.client(url);
  const { rows } = await client.query(
    `SELECT table_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'key_id'`,
  );
  const found = rows.map(({ name }) => name).filter((name) => name !== 'key_check');
  expect(found.toSorted()).toEqual(WRAPPED_KEYS.map(({ table }) => table).toSorted());
});

const SIGNING = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

/** A database with 47 keys that the old master key has wrapped. */
async function sealed() {
  const url = await databases.newDatabase();
  const client = await databases.client(url);
  return using(url, keyFromText(OLD), async (storage) => {
    const { id } = await create(storage, many(45));
    const hook = {
      kind: 'http' as const,
      mailTo: null,
      url: 'https://hooks.example.com/',
      description: null,
      eventTypes: [],
      leastSeverity: null,
      format: 'castellan' as const,
      template: null,
      isEnabled: true,
    };
    const { id: webhookId } = await storage.webhooks.create(DEFAULT_WORKSPACE_ID, hook, SIGNING);
    return { url, client, id, webhookId };
  });
}

describe('what begins no rotation', () => {
  let url: string;
  let client: pg.Client;
  beforeAll(async () => {
    ({ url, client } = await sealed());
  });

  test('X29: a new key alone is refused, and nothing is changed', async () => {
    const state = async () => (await client.query('SELECT * FROM key_check')).rows;
    const before = await state();
    await expect(open(url, keyFromText(NEW))).rejects.toMatchObject({
      code: 'wrong_key',
      message: expect.stringMatching(/CASTELLAN_KEY_PREVIOUS/),
    });
    await expect(open(url, keyFromText(NEW, THIRD))).rejects.toMatchObject({ code: 'wrong_key' });
    expect(await state()).toEqual(before);
  });

  test('without a new key it says how to make one', async () => {
    const only = using(url, keyFromText(OLD), (storage) => storage.rotateKeys());
    await expect(only).rejects.toMatchObject({ code: 'no_new_key', message: expect.stringMatching(/openssl rand -base64 32/) });
    // The two in each other's place: the one that is "previous" has sealed nothing.
    const swapped = using(url, keyFromText(OLD, NEW), (storage) => storage.rotateKeys());
    await expect(swapped).rejects.toMatchObject({ code: 'no_new_key' });
  });

  test('one at a time', async () => {
    await client.query('SELECT pg_advisory_lock(5294713023)');
    const second = using(url, keyFromText(NEW, OLD), (storage) => storage.rotateKeys());
    await expect(second).rejects.toMatchObject({ code: 'rotation_busy' });
  });
});

describe('with keys in variables', () => {
  let url: string;
  let client: pg.Client;
  let id: string;
  let webhookId: string;
  beforeEach(async () => {
    ({ url, client, id, webhookId } = await sealed());
  });

  test('X29: everything opens with the new key alone, and the old one is refused', async () => {
    const seen: RotationProgress[] = [];
    const result = await using(url, keyFromText(NEW, OLD), (storage) =>
      storage.rotateKeys({ onProgress: (progress) => seen.push(progress) }),
    );
    expect(result).toMatchObject({ from: idOf(OLD), to: idOf(NEW), rewrapped: 47 });
    expect(seen.map(({ step }) => step)).toEqual(['new key registered', ...Array(5).fill('rewrapped'), 'old key retired']);
    expect(seen.map(({ done }) => done)).toEqual([0, 20, 40, 45, 46, 47, 47]);
    expect(await wrappedBy(client)).toEqual({ [idOf(NEW)]: 47 });
    await using(url, keyFromText(NEW), async (storage) => {
      expect((await storage.integrationStore.open(id))?.config).toEqual(many(45));
      expect(await storage.webhooks.openSecrets(DEFAULT_WORKSPACE_ID, webhookId)).toEqual([SIGNING]);
      expect(await storage.audit.verify()).toMatchObject({ ok: true, rows: 1 });
    });
    const { rows } = await client.query('SELECT action, actor, before, after FROM audit_log');
    expect(rows).toMatchObject([{ action: 'key.rotate', before: { key: idOf(OLD) }, after: { key: idOf(NEW) } }]);
    for (const key of [keyFromText(OLD), keyFromText(OLD, NEW)]) {
      await expect(open(url, key)).rejects.toMatchObject({
        code: 'key_retired',
        message: expect.stringMatching(/CASTELLAN_KEY/),
      });
    }
    const again = await using(url, keyFromText(NEW, OLD), (storage) => storage.rotateKeys());
    expect(again).toMatchObject({ from: null, rewrapped: 0 });
  });

  test('X29: in the middle of a rotation both keys are needed', async () => {
    await (await open(url, keyFromText(NEW, OLD))).close();
    for (const [key, text] of [
      [keyFromText(NEW), /still sealed.*CASTELLAN_KEY_PREVIOUS/],
      [keyFromText(OLD), /still sealed/],
    ] as const) {
      await expect(open(url, key)).rejects.toMatchObject({ code: 'wrong_key', message: expect.stringMatching(text) });
    }
    await using(url, keyFromText(NEW, OLD), async (storage) => {
      const made = await create(storage, { token: 'new' });
      expect(await wrappedBy(client)).toEqual({ [idOf(OLD)]: 47, [idOf(NEW)]: 1 });
      expect((await storage.integrationStore.open(id))?.config).toEqual(many(45));
      expect((await storage.integrationStore.open(made.id))?.config).toEqual({ token: 'new' });
    });
  });

  test('a host that still runs with the retired key seals nothing with it', async () => {
    await using(url, keyFromText(OLD), async (host) => {
      await using(url, keyFromText(NEW, OLD), (storage) => storage.rotateKeys());
      await expect(create(host, { token: 'late' })).rejects.toMatchObject({ code: 'key_retired' });
      const change = host.integrations.update(DEFAULT_WORKSPACE_ID, id, { secrets: { f0: 'late' } });
      await expect(change).rejects.toMatchObject({ code: 'key_retired' });
      await expect(host.integrationStore.open(id)).rejects.toMatchObject({ cause: { code: 'cannot_open' } });
    });
    expect(await wrappedBy(client)).toEqual({ [idOf(NEW)]: 47 });
  });

  test('what is being sealed with the old key at the last moment is not left behind', async () => {
    await using(url, keyFromText(OLD), (host) =>
      using(url, keyFromText(NEW, OLD), async (storage) => {
        let rotation: Promise<unknown> | undefined;
        const late = await host.transaction(async () => {
          const made = await create(host, { token: 'late' });
          rotation = storage.rotateKeys();
          await untilOneWaits(client);
          return made;
        });
        await rotation;
        expect(await wrappedBy(client)).toEqual({ [idOf(NEW)]: 48 });
        expect((await storage.integrationStore.open(late.id))?.config).toEqual({ token: 'late' });
      }),
    );
  });

  test('X29: a row that the old key does not open is named, and the old key stays until it is mended', async () => {
    await client.query(
      `UPDATE secrets SET wrapped_key = set_byte(wrapped_key, 20, get_byte(wrapped_key, 20) # 1) WHERE field = 'f7'`,
    );
    await using(url, keyFromText(NEW, OLD), async (storage) => {
      await expect(storage.rotateKeys()).rejects.toMatchObject({
        code: 'rotation_stuck',
        message: expect.stringContaining(`secrets (${id}, f7)`),
      });
      expect(await wrappedBy(client)).toEqual({ [idOf(OLD)]: 1, [idOf(NEW)]: 46 });
      await storage.integrations.update(DEFAULT_WORKSPACE_ID, id, { secrets: { f7: 'secret 7' } });
      await storage.rotateKeys();
      expect((await storage.integrationStore.open(id))?.config).toEqual(many(45));
    });
  });

  test('stops between two rows when it is told to, and goes on later', async () => {
    const stop = new AbortController();
    await using(url, keyFromText(NEW, OLD), async (storage) => {
      const onProgress = ({ done }: RotationProgress): void => (done > 0 ? stop.abort() : undefined);
      await expect(storage.rotateKeys({ onProgress, signal: stop.signal })).rejects.toThrow(/abort/);
      expect(await wrappedBy(client)).toEqual({ [idOf(OLD)]: 27, [idOf(NEW)]: 20 });
      expect(await storage.rotateKeys()).toMatchObject({ rewrapped: 27 });
    });
  });
});

async function untilOneWaits(client: pg.Client): Promise<void> {
  for (;;) {
    const { rows } = await client.query(
      `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%key_check%'`,
    );
    if (rows.length > 0) return;
    await sleep(20);
  }
}

describe('with key files, killed at every step', () => {
  let url: string;
  let client: pg.Client;
  let id: string;
  let home: string;
  const keyFile = (): string => join(home, 'castellan.key');
  const ring = (): KeyProvider => keyFromFile(keyFile(), { create: false });
  beforeAll(async () => {
    home = mkdtempSync(join(folder, 'home-'));
    chmodSync(home, 0o711);
    url = await databases.newDatabase();
    client = await databases.client(url);
    await using(url, keyFromFile(keyFile(), { create: true }), async (storage) => {
      ({ id } = await create(storage, many(25)));
    });
  });

  function start(killAt?: number) {
    const args = [ROTATE, url, keyFile(), ...(killAt === undefined ? [] : [String(killAt)])];
    const child = spawn(process.execPath, args, { env: { PATH: process.env['PATH'] }, stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    const ended = once(child, 'close').then(() => ({ said, killed: child.signalCode === 'SIGKILL' }));
    return { child, ended };
  }

  /** The next call, to its end. */
  async function goOn(): Promise<void> {
    await using(url, keyFrom({}, keyFile(), { create: false }), (storage) => storage.rotateKeys());
  }

  /** Nothing is lost: every key that a row names is in a file, and a host that starts now opens everything. */
  async function expectWhole(): Promise<void> {
    const files = readdirSync(home).filter((name) => !name.endsWith('.next'));
    const ids = files.map((name) => idOf(readFileSync(join(home, name), 'utf8')));
    for (const used of Object.keys(await wrappedBy(client))) expect(ids).toContain(used);
    for (const name of readdirSync(home)) expect([name, statSync(join(home, name)).mode & 0o777]).toEqual([name, 0o600]);
    await using(url, ring(), async (storage) => {
      expect((await storage.integrationStore.open(id))?.config).toEqual(many(25));
      expect(await storage.audit.verify()).toMatchObject({ ok: true });
    });
  }

  /** Of a rotation of 26 keys, in their order. */
  const STEPS = [
    'key made',
    'old key kept',
    'new key in place',
    'new key registered',
    'rewrapped',
    'rewrapped',
    'rewrapped',
    'old key retired',
    'old key filed',
  ];
  const IN_THE_MIDDLE = STEPS.indexOf('rewrapped') + 1;

  test('X29: nothing is lost, and the next call ends it', async () => {
    const steps: string[] = [];
    const onProgress = ({ step }: RotationProgress): void => void steps.push(step);
    await using(url, keyFrom({}, keyFile(), { create: false }), (storage) => storage.rotateKeys({ onProgress }));
    expect(steps).toEqual(STEPS);
    for (const [index, name] of STEPS.entries()) {
      // Of these the last: then all is done but to retire the old key. The first has a test of its own below.
      if (name === 'rewrapped' && STEPS[index + 1] === 'rewrapped') continue;
      const before = idOf(readFileSync(keyFile(), 'utf8'));
      expect(await start(index + 1).ended).toEqual({ said: name, killed: true });
      await expectWhole();
      await goOn();
      const after = idOf(readFileSync(keyFile(), 'utf8'));
      expect(after).not.toBe(before);
      expect(await wrappedBy(client)).toEqual({ [after]: 26 });
      expect(readdirSync(home)).toEqual(expect.arrayContaining(['castellan.key', `castellan.key.retired-${before}`]));
      expect(existsSync(`${keyFile()}.previous`)).toBe(false);
    }
    await expectWhole();
  }, 120_000);

  test('X29: nor when it is killed at any other moment', async () => {
    const { child, ended } = start();
    while (!existsSync(`${keyFile()}.next`) && child.exitCode === null) await sleep(1);
    await sleep(Math.random() * 60);
    child.kill('SIGKILL');
    await ended;
    await expectWhole();
    await goOn();
    expect(await wrappedBy(client)).toEqual({ [idOf(readFileSync(keyFile(), 'utf8'))]: 26 });
  }, 120_000);

  test('X29: a key file of a rotation that is not finished is missing', async () => {
    const before = idOf(readFileSync(keyFile(), 'utf8'));
    expect(await start(IN_THE_MIDDLE).ended).toEqual({ said: 'rewrapped', killed: true });
    await expectWhole();
    const [previous, aside] = [`${keyFile()}.previous`, join(folder, 'aside')];
    renameSync(previous, aside);
    await expect(open(url, ring())).rejects.toMatchObject({ code: 'wrong_key', message: expect.stringMatching(/\.previous/) });
    renameSync(aside, previous);
    await goOn();
    expect(await wrappedBy(client)).toEqual({ [idOf(readFileSync(keyFile(), 'utf8'))]: 26 });
    expect(readdirSync(home)).toEqual(expect.arrayContaining([`castellan.key.retired-${before}`]));
    await expectWhole();
  });
});
