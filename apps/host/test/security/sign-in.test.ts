import type { InvitedUser, ProblemBody, SessionView } from '@castellan/api';
import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import { ADMINISTRATOR, Api, SETUP_TOKEN, settingsFor, temporaryFolder, TestHost } from '../host-harness.js';

const folder = temporaryFolder();
let host: TestHost;
let nobody: Api;
beforeAll(async () => {
  host = await TestHost.start(settingsFor(join(folder, 'door')));
  nobody = host.api.anonymous();
});
afterAll(() => host.close());

const PASSWORD = 'a phrase that nobody guesses';
let number = 0;

/** A user of the workspace who has taken up the invitation. */
async function member(role: string): Promise<{ readonly api: Api; readonly user: InvitedUser }> {
  number += 1;
  const invited = await host.api.post<InvitedUser>('/users', {
    email: `user${number}@castellan.test`,
    name: `User ${number}`,
    role,
  });
  expect(invited.status).toBe(201);
  const accepted = await nobody.send('POST', '/invitations/accept', {
    token: invited.body.invitation.token,
    password: PASSWORD,
  });
  expect(accepted.status).toBe(201);
  return { api: nobody.withCookieOf(accepted), user: invited.body };
}

function signIn(email: string, password: string, api = nobody): Promise<Response> {
  return api.send('POST', '/session', { email, password });
}

/** The tries of other tests must not count here: the network is the same for all of them. */
async function forgetTries(): Promise<void> {
  await query('DELETE FROM sign_in_tries');
}
async function query(sql: string): Promise<readonly Record<string, unknown>[]> {
  return host.query(sql);
}
beforeEach(forgetTries);

test('the cookie is bound to this host, out of reach for scripts, and sent by no other site', async () => {
  const response = await signIn(ADMINISTRATOR.email, ADMINISTRATOR.password);
  const [cookie = ''] = response.headers.getSetCookie();
  const parts = cookie
    .split('; ')
    .slice(1)
    .map((part) => (part.split('=', 1)[0] === 'Expires' ? 'Expires' : part));
  expect(cookie).toMatch(/^__Host-castellan=[\w-]{43};/);
  expect(parts.toSorted()).toEqual(['Expires', 'HttpOnly', 'Path=/', 'SameSite=Strict', 'Secure']);
});

test('X14: a cookie from before sign-in is not the one after it, and is dead', async () => {
  const planted = nobody.withCookieOf(await signIn(ADMINISTRATOR.email, ADMINISTRATOR.password));
  const response = await signIn(ADMINISTRATOR.email, ADMINISTRATOR.password, planted);
  expect(response.status).toBe(200);
  const own = nobody.withCookieOf(response);
  expect(own.credentials['cookie']).not.toBe(planted.credentials['cookie']);
  expect((await planted.get('/session')).status).toBe(401);
  expect((await own.get('/session')).status).toBe(200);
  const invented = new Api(nobody.url, { cookie: `__Host-castellan=${'A'.repeat(43)}`, origin: nobody.url });
  const after = nobody.withCookieOf(await signIn(ADMINISTRATOR.email, ADMINISTRATOR.password, invented));
  expect(after.credentials['cookie']).not.toBe(invented.credentials['cookie']);
  expect((await invented.get('/session')).status).toBe(401);
});

test('X14: another role ends the session', async () => {
  const { api, user } = await member('analyst');
  expect((await api.get('/users')).status).toBe(200);
  expect((await host.api.ask('PATCH', `/users/${user.id}`, { role: 'viewer' })).status).toBe(200);
  expect((await api.get('/session')).status).toBe(401);
  const again = nobody.withCookieOf(await signIn(user.email, PASSWORD));
  expect((await again.get<SessionView>('/session')).body.user?.role).toBe('viewer');
  expect((await again.get('/users')).status).toBe(403);
});

describe('X15: a session ends at once', () => {
  test('by signing out', async () => {
    const { api } = await member('viewer');
    const response = await api.send('DELETE', '/session');
    expect(response.status).toBe(204);
    expect(response.headers.getSetCookie()[0]).toMatch(/^__Host-castellan=; Path=\/; Expires=Thu, 01 Jan 1970/);
    expect((await api.get('/session')).status).toBe(401);
  });

  test('by a new password; the session that set it goes on with a new token', async () => {
    const { api, user } = await member('viewer');
    const other = nobody.withCookieOf(await signIn(user.email, PASSWORD));
    const changed = await api.send('POST', '/session/password', {
      currentPassword: PASSWORD,
      newPassword: 'another phrase, longer still',
    });
    expect(changed.status).toBe(200);
    expect((await other.get('/session')).status).toBe(401);
    expect((await api.get('/session')).status).toBe(401);
    expect((await nobody.withCookieOf(changed).get('/session')).status).toBe(200);
    expect((await signIn(user.email, PASSWORD)).status).toBe(401);
  });

  test.each([
    ['disabled', (id: string) => host.api.ask('PATCH', `/users/${id}`, { disabled: true })],
    ['removed', (id: string) => host.api.ask('DELETE', `/users/${id}`)],
  ])('when the user is %s', async (_, end) => {
    const { api, user } = await member('viewer');
    expect((await end(user.id)).status).toBeLessThan(300);
    expect((await api.get('/session')).status).toBe(401);
    expect((await signIn(user.email, PASSWORD)).status).toBe(401);
  });

  test('from the list of the own sessions, and nobody else’s', async () => {
    const { api, user } = await member('viewer');
    const other = nobody.withCookieOf(await signIn(user.email, PASSWORD));
    const { body } = await api.get<{ items: { id: string; current: boolean }[] }>('/sessions');
    expect(body.items.map(({ current }) => current).toSorted()).toEqual([false, true]);
    const id = body.items.find(({ current }) => !current)?.id;
    const { api: stranger } = await member('administrator');
    expect((await stranger.ask('DELETE', `/sessions/${id}`)).status).toBe(404);
    expect((await other.get('/session')).status).toBe(200);
    expect((await api.ask('DELETE', `/sessions/${id}`)).status).toBe(204);
    expect((await other.get('/session')).status).toBe(401);
    expect((await api.get('/session')).status).toBe(200);
  });
});

test('a session ends when nobody uses it, and after its time in any case', async () => {
  const short = await TestHost.start(settingsFor(join(folder, 'short'), { sessions: { idleSeconds: 2, absoluteSeconds: 4 } }));
  try {
    const idle = new Api(short.host.url).signIn(ADMINISTRATOR.email, ADMINISTRATOR.password);
    // Without the check of problems against the document, which a session that is over cannot read.
    const api = new Api(short.api.url, short.api.credentials);
    const began = Date.now();
    let used = 0;
    while ((await api.get('/session')).status === 200) {
      used = Date.now() - began;
      // Uses are noted once a minute only, so this test ages the row as a minute would.
      await short.query(
        `UPDATE sessions SET last_used_at = now() WHERE id = (SELECT id FROM sessions ORDER BY created_at LIMIT 1)`,
      );
      await sleep(200);
    }
    expect(used).toBeGreaterThan(2_200);
    expect(used).toBeLessThan(4_500);
    expect((await (await idle).get('/session')).status).toBe(401);
  } finally {
    await short.close();
  }
});

describe('X16: guessing', () => {
  test('ten tries an account, whoever asks, and the right password does not help then', async () => {
    const { user } = await member('viewer');
    const answers: number[] = [];
    for (let index = 0; index < 14; index += 1) answers.push((await signIn(user.email, `wrong password ${index}`)).status);
    expect(answers).toEqual([...Array(10).fill(401), ...Array(4).fill(429)]);
    const right = await signIn(user.email.toUpperCase(), PASSWORD);
    expect(right.status).toBe(429);
    expect(Number(right.headers.get('retry-after'))).toBeGreaterThan(14 * 60);
  });

  test('a hundred at once are no more than ten', async () => {
    const tries = Array.from({ length: 100 }, (_, index) => signIn('many@castellan.test', `wrong password ${index}`));
    const statuses = (await Promise.all(tries)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(10);
    expect(statuses.filter((status) => status === 429)).toHaveLength(90);
  });

  test('fifty tries a network; a forged X-Forwarded-For is no other network', async () => {
    const forged = (index: number): Api => new Api(nobody.url, { 'x-forwarded-for': `203.0.113.${index}` });
    const statuses: number[] = [];
    for (let index = 0; index < 55; index += 1)
      statuses.push((await signIn(`nobody${index}@castellan.test`, 'wrong password', forged(index))).status);
    expect(statuses).toEqual([...Array(50).fill(401), ...Array(5).fill(429)]);
  }, 60_000);

  test('after the quarter of an hour it goes on; a success forgets the tries before it', async () => {
    const { user } = await member('viewer');
    for (let index = 0; index < 11; index += 1) await signIn(user.email, 'wrong password');
    expect((await signIn(user.email, PASSWORD)).status).toBe(429);
    await query(`UPDATE sign_in_tries SET began_at = began_at - interval '15 minutes'`);
    expect((await signIn(user.email, PASSWORD)).status).toBe(200);
    for (let index = 0; index < 10; index += 1) expect((await signIn(user.email, 'wrong password')).status).toBe(401);
  });
});

test('X17: who does not exist, has no password or is disabled is answered like a wrong password', async () => {
  const { user: disabled } = await member('viewer');
  await host.api.ask('PATCH', `/users/${disabled.id}`, { disabled: true });
  const invited = await host.api.post<InvitedUser>('/users', {
    email: 'invited@castellan.test',
    name: 'Invited',
    role: 'viewer',
  });
  const answers = [
    await signIn(ADMINISTRATOR.email, 'wrong password'),
    await signIn('nobody@castellan.test', PASSWORD),
    await signIn(invited.body.email, PASSWORD),
    await signIn(disabled.email, PASSWORD),
  ];
  const bodies = await Promise.all(answers.map((answer) => answer.text()));
  expect(new Set(bodies).size).toBe(1);
  expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401]);
});

describe('X18: odd passwords', () => {
  test.each([
    ['of a megabyte', 'x'.repeat(1_000_000)],
    ['with a NUL', 'a phrase with \0 inside it'],
    ['too short', 'short'],
    ['of one character', 'x'.repeat(40)],
    ['that repeats a word', 'passwordpassword'],
    ['that follows the keyboard', 'Qwertyuiop12345678'],
    ['that is null', null],
    ['that is no text', 123_456_789_012_345],
  ])('one %s is refused and named', async (_, newPassword) => {
    const began = performance.now();
    const answer = await host.api.post<ProblemBody>('/session/password', {
      currentPassword: ADMINISTRATOR.password,
      newPassword,
    });
    expect(answer.status).toBe(400);
    expect(answer.body.errors?.[0]?.field).toBe('newPassword');
    // Nothing that takes longer the longer the text is, more than once over: 50 ms on an idle machine.
    expect(performance.now() - began).toBeLessThan(1_000);
  });

  test('nothing is cut off: beyond 72 bytes every character counts', async () => {
    const { api, user } = await member('viewer');
    const long = `${'long '.repeat(40)}end`;
    expect((await api.post('/session/password', { currentPassword: PASSWORD, newPassword: long })).status).toBe(200);
    expect((await signIn(user.email, `${long.slice(0, -1)}x`)).status).toBe(401);
    expect((await signIn(user.email, long)).status).toBe(200);
  });
});

describe('X19: the first set-up', () => {
  const first = (token: string, email: string) => ({ ...ADMINISTRATOR, token, email });

  test('once: of two at the same moment one wins, and the other is told', async () => {
    const fresh = await TestHost.start(settingsFor(join(folder, 'fresh')), { setUp: false });
    try {
      const api = new Api(fresh.host.url);
      expect((await api.get('/sign-in')).body).toEqual({ needsSetUp: true, oidc: null });
      expect((await api.post<ProblemBody>('/set-up', first('wrong token', 'a@castellan.test'))).body.errors?.[0]?.field).toBe(
        'token',
      );
      const both = await Promise.all(
        ['a', 'b'].map((name) => api.send('POST', '/set-up', first(SETUP_TOKEN, `${name}@castellan.test`))),
      );
      expect(both.map(({ status }) => status).toSorted()).toEqual([201, 409]);
      expect(await fresh.query('SELECT count(*)::int AS users FROM users')).toEqual([{ users: 1 }]);
      expect((await api.post('/set-up', first(SETUP_TOKEN, 'c@castellan.test'))).status).toBe(409);
      expect((await api.get('/sign-in')).body).toEqual({ needsSetUp: false, oidc: null });
    } finally {
      await fresh.close();
    }
  });

  test('a restart in between prints a new token; the console alone has it', async () => {
    const settings = settingsFor(join(folder, 'restarted'));
    const { setupToken: _, ...untold } = settings;
    const before = await TestHost.start(untold, { setUp: false });
    await before.close();
    const after = await TestHost.start(untold, { setUp: false });
    try {
      const [token = ''] = /^ {4}(\S{43})$/m.exec(after.told)?.slice(1) ?? [];
      expect(after.told).not.toBe(before.told);
      expect([...before.lines, ...after.lines].join('')).not.toContain(token);
      expect((await new Api(after.host.url).post('/set-up', first(token, 'a@castellan.test'))).status).toBe(201);
    } finally {
      await after.close();
    }
  });
});

test('X30: a stolen database holds no token, no key and no password', async () => {
  const { api } = await member('administrator');
  const key = await api.post<{ key: string }>('/api-keys', { name: 'stolen', scopes: ['records:read'] });
  const cookie = String(api.credentials['cookie']).split('=')[1] ?? '';
  const tables = await query(`SELECT tablename FROM pg_tables WHERE schemaname IN ('public', 'castellan_queue')`);
  let text = '';
  for (const { tablename } of tables) {
    const [row] = await query(`SELECT coalesce(json_agg(t), '[]')::text AS text FROM ${await qualified(String(tablename))} t`);
    text += String(row?.['text']);
  }
  expect(text).toContain('argon2id$v=19$m=19456,t=2,p=1');
  for (const secret of [key.body.key, cookie, PASSWORD, SETUP_TOKEN]) {
    expect(secret.length).toBeGreaterThan(20);
    for (const form of [secret, Buffer.from(secret).toString('hex'), Buffer.from(secret).toString('base64')])
      expect(text).not.toContain(form);
  }
});

async function qualified(table: string): Promise<string> {
  const [row] = await query(`SELECT schemaname FROM pg_tables WHERE tablename = '${table}' LIMIT 1`);
  return `"${String(row?.['schemaname'])}"."${table}"`;
}
