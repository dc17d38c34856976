import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import {
  DEFAULT_WORKSPACE_ID,
  keyFrom,
  keyFromFile,
  keyFromText,
  openStorage,
  SecretsError,
  type Storage,
} from '../src/index.js';
import { openSecret, type SealedSecret, type SecretPlace, sealSecret } from '../src/secrets/envelope.js';
import { KeyRing } from '../src/secrets/key-ring.js';
import { parseKey } from '../src/secrets/master-key.js';
import { KEY, SILENT, TestDatabases } from './fixtures/test-database.js';

describe('envelope', () => {
  const place: SecretPlace = { workspaceId: 'w', integrationId: 'i', field: 'auth.clientSecret', version: 3 };
  let ring: KeyRing;
  let sealed: SealedSecret;
  beforeAll(async () => {
    ring = await KEY.keyRing();
    sealed = sealSecret(ring.primary, place, 'geheim 🗝');
  });

  test('X28: opens at its own place only', () => {
    expect(openSecret(ring, place, sealed)).toBe('geheim 🗝');
    const others: Partial<SecretPlace>[] = [{ workspaceId: 'x' }, { integrationId: 'x' }, { field: 'auth.x' }, { version: 4 }];
    for (const other of others) expect(() => openSecret(ring, { ...place, ...other }, sealed)).toThrow(SecretsError);
  });

  test('X28: the place binds the data key as well as the content', () => {
    const elsewhere = sealSecret(ring.primary, { ...place, field: 'other' }, 'x');
    expect(() => openSecret(ring, place, { ...sealed, wrappedKey: elsewhere.wrappedKey })).toThrow(SecretsError);
    // The key of the other place and its content, with our own wrapping of nothing: no half may be swapped alone.
    const { iv, ciphertext, tag } = elsewhere;
    expect(() => openSecret(ring, place, { ...sealed, iv, ciphertext, tag })).toThrow(SecretsError);
  });

  test('X28: a cut tag, a flipped bit and another key are refused with one and the same text', async () => {
    const flipped = (bytes: Buffer): Buffer => Buffer.from(bytes.map((byte, index) => (index === 0 ? byte ^ 1 : byte)));
    const damaged: SealedSecret[] = [
      ...[4, 8, 12, 15].map((length) => ({ ...sealed, tag: sealed.tag.subarray(0, length) })),
      { ...sealed, tag: flipped(sealed.tag) },
      { ...sealed, iv: flipped(sealed.iv) },
      { ...sealed, ciphertext: flipped(sealed.ciphertext) },
      { ...sealed, wrappedKey: flipped(sealed.wrappedKey) },
      { ...sealed, wrappedKey: sealed.wrappedKey.subarray(0, -12) },
      { ...sealed, algorithm: 'none' },
    ];
    const texts = new Set(damaged.map((one) => catchMessage(() => openSecret(ring, place, one))));
    texts.add(catchMessage(() => openSecret(new KeyRing(parseKey('00'.repeat(32), 'x')), place, sealed)));
    // Another key that claims to be the one which the row names.
    const { id } = ring.primary;
    texts.add(catchMessage(() => openSecret(new KeyRing({ id, bytes: Buffer.alloc(32) }), place, sealed)));
    expect([...texts]).toEqual([expect.stringContaining('The stored secret "auth.clientSecret" cannot be opened')]);
  });

  test('X28: 10,000 flipped bits, wherever they are, are refused with one and the same text', () => {
    const parts = ['wrappedKey', 'iv', 'ciphertext', 'tag'] as const;
    const random = xorshift(28);
    const texts = new Map<string, number>();
    for (let round = 0; round < 10_000; round += 1) {
      const part = parts[random() % parts.length] ?? 'tag';
      const bytes = Buffer.from(sealed[part]);
      const bit = random() % (bytes.length * 8);
      bytes.writeUInt8(bytes.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      const text = catchMessage(() => openSecret(ring, place, { ...sealed, [part]: bytes }));
      texts.set(text, (texts.get(text) ?? 0) + 1);
    }
    expect([...texts.values()]).toEqual([10_000]);
    expect([...texts.keys()]).toEqual([expect.stringContaining('The stored secret "auth.clientSecret" cannot be opened')]);
  });

  test('X28: no two sealed copies are alike', () => {
    const other = sealSecret(ring.primary, place, 'geheim 🗝');
    expect(other.iv.equals(sealed.iv)).toBe(false);
    expect(other.wrappedKey.equals(sealed.wrappedKey)).toBe(false);
  });
});

describe('master key', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'castellan-key-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('is read as hexadecimal and as base64, and nothing else', async () => {
    const bytes = Buffer.alloc(32, 0xfb);
    for (const text of [
      bytes.toString('hex'),
      bytes.toString('base64'),
      bytes.toString('base64url'),
      `${bytes.toString('base64')}\n`,
    ]) {
      expect((await keyFromText(text).keyRing()).primary.bytes.equals(bytes)).toBe(true);
    }
    for (const text of [
      '',
      'changeme',
      'ab'.repeat(31),
      `${bytes.toString('base64')}!!`,
      Buffer.alloc(33).toString('base64'),
    ]) {
      await expect(keyFromText(text).keyRing()).rejects.toMatchObject({ code: 'bad_key' });
    }
    expect(catchMessage(() => undefined)).toBe('');
    await expect(keyFromText('hunter2-hunter2').keyRing()).rejects.not.toThrow(/hunter2/);
  });

  test('X31: is made at the first start, 0600, and is the same at the second', async () => {
    const file = join(folder, 'deep', 'key');
    await expect(keyFromFile(file, { create: false }).keyRing()).rejects.toMatchObject({ code: 'key_missing' });
    const { primary: made } = await keyFromFile(file, { create: true }).keyRing();
    expect((statSync(file).mode & 0o777).toString(8)).toBe('600');
    expect((await keyFromFile(file, { create: true }).keyRing()).primary.bytes.equals(made.bytes)).toBe(true);
    expect(readFileSync(file, 'utf8')).not.toContain(made.id);
    const environment = { CASTELLAN_KEY: '01'.repeat(32) };
    expect((await keyFrom(environment, file, { create: false }).keyRing()).primary.bytes[0]).toBe(1);
    expect((await keyFrom({}, file, { create: false }).keyRing()).primary.id).toBe(made.id);
  });

  test.each([0o644, 0o640, 0o604, 0o660])('X31: is refused in a file of mode %i', async (mode) => {
    const file = join(folder, 'key');
    writeFileSync(file, 'ab'.repeat(32));
    chmodSync(file, mode);
    await expect(keyFromFile(file, { create: true }).keyRing()).rejects.toMatchObject({ code: 'key_exposed' });
  });
});

describe('in the database', () => {
  const databases = new TestDatabases();
  let storage: Storage;
  let client: pg.Client;
  let url: string;
  beforeAll(async () => {
    url = await databases.newDatabase();
    storage = await databases.open(url);
    client = await databases.client(url);
  });
  afterAll(() => databases.close());

  const create = (secrets: Readonly<Record<string, string>>) =>
    storage.integrations.create(DEFAULT_WORKSPACE_ID, {
      connectorId: 'acme',
      name: 'Acme',
      config: { domain: 'acme.example.com', auth: { kind: 'secret', clientId: 'c' } },
      secrets,
    });

  test('are merged at their paths, told as set, and nowhere in the clear', async () => {
    const created = await create({ 'auth.clientSecret': 'canary-1', 'deep.er.key': 'canary-2', top: 'canary-3' });
    expect(JSON.stringify(created)).not.toContain('canary');
    expect(created.secrets.map(({ field }) => field)).toEqual(['auth.clientSecret', 'deep.er.key', 'top']);
    expect((await storage.integrationStore.open(created.id))?.config).toEqual({
      domain: 'acme.example.com',
      auth: { kind: 'secret', clientId: 'c', clientSecret: 'canary-1' },
      deep: { er: { key: 'canary-2' } },
      top: 'canary-3',
    });
    const { rows } = await client.query(`SELECT string_agg(s::text, '') AS all FROM secrets s`);
    expect(rows[0].all).not.toContain('canary');
    expect(rows[0].all).not.toContain(Buffer.from('canary').toString('hex'));
  });

  test('change in one transaction with the config; a new value is a new version', async () => {
    const { id } = await create({ 'auth.clientSecret': 'one', other: 'two' });
    const changes = { config: { domain: 'new' }, secrets: { 'auth.clientSecret': 'three', other: null } };
    await storage.integrations.update(DEFAULT_WORKSPACE_ID, id, changes);
    expect((await storage.integrationStore.open(id))?.config).toEqual({ domain: 'new', auth: { clientSecret: 'three' } });
    const { rows } = await client.query('SELECT field, version FROM secrets WHERE integration_id = $1', [id]);
    expect(rows).toEqual([{ field: 'auth.clientSecret', version: 2 }]);
  });

  test('X28: a row that was moved to another integration or version does not open', async () => {
    const [one, two] = [await create({ a: 'of one' }), await create({ a: 'of two' })];
    await client.query(
      `UPDATE secrets t SET wrapped_key = s.wrapped_key, iv = s.iv, ciphertext = s.ciphertext, tag = s.tag
       FROM secrets s WHERE t.integration_id = $1 AND s.integration_id = $2`,
      [two.id, one.id],
    );
    await expect(storage.integrationStore.open(two.id)).rejects.toMatchObject({
      name: 'SecretsLockedError',
      cause: { code: 'cannot_open' },
    });
    await client.query('UPDATE secrets SET version = 9 WHERE integration_id = $1', [one.id]);
    await expect(storage.integrationStore.open(one.id)).rejects.toMatchObject({
      name: 'SecretsLockedError',
      cause: { code: 'cannot_open' },
    });
  });

  test('X29: the wrong key is refused before anything is overwritten, also when the check was lost', async () => {
    const before = (await client.query('SELECT * FROM secrets ORDER BY 1, 2')).rows;
    const wrong = { url, dataDir: '', key: keyFromText('77'.repeat(32)), logger: SILENT };
    await expect(openStorage(wrong)).rejects.toMatchObject({ code: 'wrong_key' });
    const { rows: check } = await client.query('SELECT * FROM key_check');
    await client.query('DELETE FROM key_check');
    await expect(openStorage(wrong)).rejects.toMatchObject({ code: 'wrong_key' });
    await client.query('INSERT INTO key_check (key_id, sealed) VALUES ($1, $2)', [check[0].key_id, check[0].sealed]);
    expect((await client.query('SELECT * FROM secrets ORDER BY 1, 2')).rows).toEqual(before);
    await (await openStorage({ ...wrong, key: KEY })).close();
  });

  test('X20: a field named like the prototype changes no prototype', async () => {
    const { id } = await create({ '__proto__.polluted': 'yes', 'constructor.prototype.polluted': 'yes' });
    await storage.integrationStore.open(id);
    expect('polluted' in {}).toBe(false);
  });
});

/** The same numbers every time: a failure can be looked at again. */
function xorshift(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

function catchMessage(work: () => unknown): string {
  try {
    work();
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
