import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Storage } from '@castellan/storage';
import pg from 'pg';
import type { VerifyOptions } from '../src/audit/verify.js';
import { castellan, commands, inProcess } from './castellan.js';

// The commands have loaded it as well; `loadOnce` knows no types.
const { anchorText, DEFAULT_WORKSPACE_ID, keyFromFile, keyFromText, openStorage } = (await loadOnce(
  '@castellan/storage',
)) as typeof import('@castellan/storage');
const { migratedDatabase } = (await loadOnce('@castellan/storage/testing')) as typeof import('@castellan/storage/testing');

// Commands that open the database of a host: each once as the real program, and what it makes of what it finds in this process.
const verify = (env: NodeJS.ProcessEnv, options: VerifyOptions = {}) =>
  inProcess((output, signal) => commands.verifyAudit(options, output, signal), { env });
const rotate = (env: NodeJS.ProcessEnv) => inProcess((output, signal) => commands.rotateKeys(output, signal), { env });
const BIN = fileURLToPath(new URL('../bin/castellan.js', import.meta.url));
const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const [OLD, NEW] = [Buffer.alloc(32, 5).toString('base64'), Buffer.alloc(32, 9).toString('base64')];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'castellan-cli-'));
  chmodSync(folder, 0o711);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SECRETS = Object.fromEntries(Array.from({ length: 130 }, (_, n) => [`f${n}`, `canary ${n}`]));

async function fill(storage: Storage): Promise<string> {
  const config = { connectorId: 'okta', name: 'Okta', config: {}, secrets: SECRETS };
  const { id } = await storage.integrations.create(DEFAULT_WORKSPACE_ID, config);
  const actor = { kind: 'user', id: 'u1', name: 'Ada' } as const;
  for (let n = 0; n < 5; n += 1) {
    await storage.audit.append({
      workspaceId: null,
      actor,
      address: null,
      action: 'thing.change',
      outcome: 'done',
      after: { n },
    });
  }
  return id;
}

describe('with DATABASE_URL', () => {
  let url: string;
  let client: pg.Client;
  let id: string;
  let anchor: string;
  const env = (key: string, previous = '') => ({
    DATABASE_URL: url,
    CASTELLAN_KEY: key,
    CASTELLAN_KEY_PREVIOUS: previous,
  });
  beforeAll(async () => {
    url = await migratedDatabase(process.env['CASTELLAN_TEST_POSTGRES']);
    const storage = await openStorage({ url, dataDir: '', key: keyFromText(OLD), logger: silent });
    id = await fill(storage);
    anchor = anchorText(await storage.audit.head());
    await storage.close();
    client = new pg.Client({ connectionString: url });
    await client.connect();
  }, 60_000);
  afterAll(async () => {
    await client.end();
  });

  test('audit verify: all good', async () => {
    const plain = await verify(env(OLD));
    expect(plain).toMatchObject({ code: 0, stdout: '', stderr: `5 rows, all good, head ${anchor}\n` });
    const json = await castellan(['audit', 'verify', '--json', '--anchor', anchor], { env: env(OLD) });
    expect(json).toMatchObject({ code: 0, lines: [{ ok: true, rows: 5, head: anchor }] });
  });

  test('audit verify: what is wrong with the command', async () => {
    const noAnchor = await verify(env(OLD), { anchor: '5' });
    expect(noAnchor).toMatchObject({ code: 2, stderr: expect.stringContaining('--anchor must look like SEQ:MAC') });
    const wrongKey = await verify(env(NEW));
    expect(wrongKey).toMatchObject({ code: 2, stderr: expect.stringMatching(/sealed with another key.*nothing was changed/) });
    const away = { ...env(OLD), DATABASE_URL: 'postgresql://u:hunter2@127.0.0.1:1/x' };
    const { code, stderr } = await verify(away);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/DATABASE_URL cannot be used: .*ECONNREFUSED/)]);
    expect(stderr).not.toContain('hunter2');
  });

  test('X32: audit verify: a bad row is named, and a cut tail is found by the anchor', async () => {
    await client.query('CREATE TABLE kept AS SELECT * FROM audit_log; CREATE TABLE kept_head AS SELECT * FROM audit_head');
    await client.query('ALTER TABLE audit_log DISABLE TRIGGER ALL');
    await client.query(`UPDATE audit_log SET actor = '{"kind": "user", "id": "u2", "name": "Eve"}' WHERE seq = 3`);
    const edited = await verify(env(OLD), { json: true });
    expect(edited).toMatchObject({ code: 1, lines: [{ ok: false, seq: 3, reason: 'edited' }] });
    expect(edited.stderr).toMatch(/^Row 3 is not what was written there/);
    await client.query('TRUNCATE audit_log; INSERT INTO audit_log SELECT * FROM kept');
    const cut = await verify(env(OLD), { anchor: `9${anchor}` });
    expect(cut).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^Row 6 and what came after it are missing/),
    });
    await client.query('ALTER TABLE audit_log ENABLE ALWAYS TRIGGER audit_log_append_only');
    expect(await verify(env(OLD))).toMatchObject({ code: 0 });
  });

  test('keys rotate: says what is missing, rotates, and the old key is refused', async () => {
    const alone = await rotate(env(OLD));
    expect(alone).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/CASTELLAN_KEY_PREVIOUS.*openssl|openssl.*CASTELLAN_KEY_PREVIOUS/),
    });
    const { code, lines, stdout, stderr } = await castellan(['keys', 'rotate'], { env: env(NEW, OLD) });
    expect(code).toBe(0);
    expect(lines.at(-1)).toEqual({ type: 'done', from: expect.any(String), to: expect.any(String), rewrapped: 131 });
    const steps = lines.slice(0, -1) as readonly { readonly step: string; readonly done: number; readonly total: number }[];
    expect(steps.filter(({ step }) => step === 'rewrapped').map(({ done, total }) => `${done}/${total}`)).toEqual([
      '20/131',
      '40/131',
      '60/131',
      '80/131',
      '100/131',
      '120/131',
      '130/131',
      '131/131',
    ]);
    expect(stderr).toContain('Remove CASTELLAN_KEY_PREVIOUS');
    for (const secret of [OLD, NEW, 'canary']) expect(stdout + stderr).not.toContain(secret);
    const storage = await openStorage({ url, dataDir: '', key: keyFromText(NEW), logger: silent });
    expect((await storage.integrationStore.open(id))?.config).toEqual(SECRETS);
    await storage.close();
    const again = await rotate(env(NEW, OLD));
    expect(again).toMatchObject({ code: 0, lines: [{ type: 'done', from: null, rewrapped: 0 }] });
    const old = await rotate(env(OLD));
    expect(old).toMatchObject({ code: 2, stderr: expect.stringContaining('was retired by "castellan keys rotate"') });
  });
});

describe('with the data folder', () => {
  let dataDir: string;
  let id: string;
  const keyFile = (): string => join(dataDir, 'castellan.key');
  const open = (create = false): Promise<Storage> =>
    openStorage({ dataDir: join(dataDir, 'postgres'), key: keyFromFile(keyFile(), { create }), logger: silent });
  const env = () => ({ CASTELLAN_DATA_DIR: dataDir });
  beforeAll(async () => {
    dataDir = join(folder, 'data');
    const storage = await open(true);
    id = await fill(storage);
    await storage.close();
  }, 60_000);

  async function expectWhole(): Promise<void> {
    for (const name of readdirSync(dataDir).filter((entry) => entry !== 'postgres')) {
      expect([name, statSync(join(dataDir, name)).mode & 0o777]).toEqual([name, 0o600]);
    }
    const storage = await open();
    expect((await storage.integrationStore.open(id))?.config).toEqual(SECRETS);
    expect(await storage.audit.verify()).toMatchObject({ ok: true });
    await storage.close();
  }

  test('a wrong folder is not filled with a new database', async () => {
    const nowhere = join(folder, 'nowhere');
    const { code, stderr } = await verify({ CASTELLAN_DATA_DIR: nowhere, CASTELLAN_KEY: OLD });
    expect([code, stderr]).toEqual([
      2,
      `There is no data of a host in ${nowhere}. Set CASTELLAN_DATA_DIR or DATABASE_URL as for the host.\n`,
    ]);
    expect(existsSync(nowhere)).toBe(false);
  });

  test('a host that has the folder is named', async () => {
    const storage = await open();
    const { code, stderr } = await rotate(env());
    await storage.close();
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(new RegExp(`in use by process ${process.pid}\\. Stop that host`)),
    ]);
  }, 60_000);

  test('X29: killed or stopped in the middle, the next call ends it', async () => {
    for (const signal of ['SIGKILL', 'SIGINT'] as const) {
      const child = spawn(process.execPath, [BIN, 'keys', 'rotate'], { env: { PATH: process.env['PATH'], ...env() } });
      let stderr = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        stderr += text;
      });
      // Early enough that it cannot be through.
      let stdout = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        stdout += text;
      });
      while (!stdout.includes('key made') && child.exitCode === null) await once(child.stdout, 'data');
      if (signal === 'SIGKILL') await sleep(Math.random() * 30);
      child.kill(signal);
      if (child.exitCode === null && child.signalCode === null) await once(child, 'close');
      expect([signal, child.exitCode, child.signalCode, stderr.includes('run it again to go on')]).toEqual(
        signal === 'SIGINT' ? [signal, 1, null, true] : [signal, null, 'SIGKILL', false],
      );
      await expectWhole();
      const { code, stderr: said } = await rotate(env());
      expect([code, said]).toEqual([0, expect.stringContaining('castellan.key.retired-')]);
      expect(readdirSync(dataDir).filter((name) => /key\.(previous|next)$/.test(name))).toEqual([]);
      await expectWhole();
    }
  }, 120_000);
});
