import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from '../src/database/connect.js';
import type { Database } from '../src/database/database.js';
import { CredentialRepository } from '../src/identity/credential-repository.js';
import { SessionRefusedError, SessionRepository } from '../src/identity/session-repository.js';
import { SignInDoor } from '../src/identity/sign-in-door.js';
import { type User, UserRepository } from '../src/identity/user-repository.js';
import { DEFAULT_WORKSPACE_ID } from '../src/identity/default-workspace.js';
import { SILENT, TestDatabases } from './fixtures/test-database.js';

const databases = new TestDatabases();
let database: Database;
beforeAll(async () => {
  database = await connect(await databases.newDatabase(), { poolSize: 4, logger: SILENT });
});
afterAll(async () => {
  await database.source.destroy();
  await databases.close();
});

test('what is over is taken away, what is not stays', async () => {
  const door = new SignInDoor(database);
  const user = await new UserRepository(database).create(DEFAULT_WORKSPACE_ID, {
    email: 'a@castellan.test',
    name: 'A',
    role: 'administrator',
  });
  const sessions = new SessionRepository(database);
  const limits = { idleSeconds: 600, absoluteSeconds: 3_600 };
  for (const byte of [1, 2, 3])
    await sessions.create(user, { tokenHash: Buffer.alloc(32, byte), address: '', agent: '' }, limits);
  await database.query(`UPDATE sessions SET last_used_at = now() - interval '11 minutes' WHERE token_hash = $1`, [
    Buffer.alloc(32, 1),
  ]);
  await database.query(`UPDATE sessions SET expires_at = now() WHERE token_hash = $1`, [Buffer.alloc(32, 2)]);
  await door.countTry('old', 900);
  await database.query(`UPDATE sign_in_tries SET began_at = now() - interval '16 minutes'`);
  await door.countTry('new', 900);
  const flow = { state: 's', nonce: 'n', verifier: 'v', link: null };
  await door.beginOidc(Buffer.alloc(32, 4), flow, 0);
  await door.beginOidc(Buffer.alloc(32, 5), flow, 600);
  await door.offerSetUp(Buffer.alloc(32, 6), 0);
  await door.purge(900, limits.idleSeconds);
  expect(await database.query(`SELECT token_hash AS hash FROM sessions`)).toEqual([{ hash: Buffer.alloc(32, 3) }]);
  expect(await database.query('SELECT subject FROM sign_in_tries')).toEqual([{ subject: 'new' }]);
  expect(await database.query('SELECT token_hash AS hash FROM oidc_flows')).toEqual([{ hash: Buffer.alloc(32, 5) }]);
  expect(await database.query('SELECT FROM setup_tokens')).toEqual([]);
});

test('a transaction takes along whatever is called inside it, and a second one inside joins it', async () => {
  const users = new UserRepository(database);
  const add = (email: string) => users.create(DEFAULT_WORKSPACE_ID, { email, name: email, role: 'viewer' });
  const undone = database.transaction(async () => {
    await add('b@castellan.test');
    await database.transaction(async () => {
      await add('c@castellan.test');
    });
    throw new Error('undo');
  });
  await expect(undone).rejects.toThrow('undo');
  expect((await users.list(DEFAULT_WORKSPACE_ID)).map(({ email }) => email)).toEqual(['a@castellan.test']);
  // And what runs beside it does not.
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const inside = database.transaction(async () => {
    await add('d@castellan.test');
    await held;
    throw new Error('undo');
  });
  await add('e@castellan.test');
  release();
  await expect(inside).rejects.toThrow('undo');
  expect((await users.list(DEFAULT_WORKSPACE_ID)).map(({ email }) => email)).toEqual(['a@castellan.test', 'e@castellan.test']);
});

test('who has proved himself by a password that is another by now gets no session', async () => {
  const users = new UserRepository(database);
  const sessions = new SessionRepository(database);
  const credentials = new CredentialRepository(database);
  const limits = { idleSeconds: 600, absoluteSeconds: 3_600 };
  const { id } = await users.create(DEFAULT_WORKSPACE_ID, {
    email: 'f@castellan.test',
    name: 'F',
    role: 'viewer',
    passwordHash: 'one',
  });
  const before = (await credentials.byId(id))?.user;
  const after = await credentials.setPassword(id, 'two');
  if (before === undefined || after === undefined) throw new Error('there is no user');
  const open = (user: User, byte: number) =>
    sessions.create(user, { tokenHash: Buffer.alloc(32, byte), address: '', agent: '' }, limits);
  await expect(open(before, 21)).rejects.toThrow(SessionRefusedError);
  expect(await open(after, 22)).toMatchObject({ agent: '' });
  await users.update(DEFAULT_WORKSPACE_ID, id, { disabled: true });
  await expect(open(after, 23)).rejects.toThrow(SessionRefusedError);
  await users.delete(DEFAULT_WORKSPACE_ID, id);
  await expect(open(after, 24)).rejects.toThrow(SessionRefusedError);
});

test('a session that is used stays, however short the time without use may be', async () => {
  const sessions = new SessionRepository(database);
  const [user] = await new UserRepository(database).list(DEFAULT_WORKSPACE_ID);
  if (user === undefined) throw new Error('there is no user');
  const tokenHash = Buffer.alloc(32, 31);
  await sessions.create(user, { tokenHash, address: '', agent: '' }, { idleSeconds: 2, absoluteSeconds: 60 });
  for (const end = Date.now() + 3_500; Date.now() < end; await sleep(300))
    expect(await sessions.find(tokenHash, 2)).toMatchObject({ userId: user.id });
  await sleep(2_100);
  expect(await sessions.find(tokenHash, 2)).toBeUndefined();
});
