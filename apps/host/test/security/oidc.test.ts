import type { InvitedUser, SessionView, UserView } from '@castellan/api';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Provider } from 'oidc-provider';
import type { OidcSettings } from '../../src/oidc/oidc-settings.js';
import { ADMINISTRATOR, Api, settingsFor, temporaryFolder, TestHost } from '../host-harness.js';
import { type Forgery, MaliciousProvider } from './malicious-provider.js';

const folder = temporaryFolder();
const loud = { info: console.info, warn: console.warn };

/** A browser: keeps cookies of both sides apart, follows redirects by hand. */
class Browser {
  readonly #jars = new Map<string, Map<string, string>>();

  async open(url: string, init: RequestInit = {}): Promise<Response> {
    const { origin } = new URL(url);
    const jar = this.#jars.get(origin) ?? new Map<string, string>();
    this.#jars.set(origin, jar);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...init.headers, ...(cookie !== '' && { cookie }) };
    const response = await fetch(url, { redirect: 'manual', ...init, headers });
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(/; */);
      const [name = '', ...value] = pair.split('=');
      const gone = attributes.some((attribute) => /^expires=Thu, 01 Jan 1970/i.test(attribute));
      if (gone) jar.delete(name);
      else jar.set(name, value.join('='));
    }
    return response;
  }

  cookieOf(url: string, name: string): string | undefined {
    return this.#jars.get(new URL(url).origin)?.get(name);
  }

  /** The provider's pages until it sends the browser back. */
  async untilBack(url: string, callback: string): Promise<string> {
    let next = url;
    for (let step = 0; step < 12; step += 1) {
      if (next.startsWith(callback)) return next;
      const response = await this.open(next);
      const location = response.headers.get('location');
      if (location !== null) {
        next = new URL(location, next).href;
        continue;
      }
      const form = /action="([^"]+)"/.exec(await response.text())?.[1];
      if (form === undefined) throw new Error(`neither a redirect nor a form at ${next}`);
      const isLogin = step < 5 && !this.#signedIn;
      this.#signedIn = true;
      const body = new URLSearchParams(isLogin ? { prompt: 'login', login: this.login, password: 'x' } : { prompt: 'consent' });
      const answer = await this.open(new URL(form, next).href, { method: 'POST', body });
      next = new URL(answer.headers.get('location') ?? '', next).href;
    }
    throw new Error('the provider never sent the browser back');
  }
  #signedIn = false;
  login = 'ana';
}

describe('with a real provider', () => {
  let server: Server;
  let issuer: string;
  let verified = true;
  beforeAll(async () => {
    // It warns of everything that only a provider for tests may do.
    Object.assign(console, { info: () => undefined, warn: () => undefined });
    server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    Object.assign(console, loud);
    server.closeAllConnections();
    server.close();
  });

  async function start(name: string, more: Partial<OidcSettings> = {}): Promise<TestHost> {
    const oidc = { issuer, clientId: 'castellan', clientSecret: 'secret of the client', name: 'Acme SSO', ...more };
    const host = await TestHost.start(settingsFor(join(folder, name), { oidc }));
    const provider = new Provider(issuer, {
      clients: [
        {
          client_id: 'castellan',
          client_secret: 'secret of the client',
          redirect_uris: [`${host.host.url}/api/oidc/callback`],
          grant_types: ['authorization_code'],
        },
      ],
      claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
      conformIdTokenClaims: false,
      pkce: { required: () => true },
      cookies: { keys: ['for tests'] },
      findAccount: (_, id) => ({
        accountId: id,
        claims: () => ({ sub: id, email: `${id}@castellan.test`, email_verified: verified, name: `Name of ${id}` }),
      }),
    });
    server.removeAllListeners('request');
    server.on('request', provider.callback());
    return host;
  }

  /** From the button to the page after it. */
  async function signIn(host: TestHost, browser: Browser, input: object = {}, api = new Api(host.host.url)): Promise<Response> {
    const begun = await browser.open(`${host.host.url}/api/oidc`, {
      method: 'POST',
      headers: { ...api.credentials, 'content-type': 'application/json' },
      body: JSON.stringify(input),
    });
    expect(begun.status).toBe(200);
    const { url } = (await begun.json()) as { url: string };
    const back = await browser.untilBack(url, `${host.host.url}/api/oidc/callback`);
    return browser.open(back);
  }

  test('an invited person links the identity, and is found by it from then on', async () => {
    const host = await start('invited');
    try {
      expect((await new Api(host.host.url).get('/sign-in')).body).toEqual({ needsSetUp: false, oidc: { name: 'Acme SSO' } });
      expect((await signIn(host, new Browser())).status).toBe(403);
      const { body } = await host.api.post<InvitedUser>('/users', {
        email: 'elsewhere@castellan.test',
        name: 'Ana',
        role: 'viewer',
      });
      const browser = new Browser();
      const linked = await signIn(host, browser, { invitation: body.invitation.token });
      expect([linked.status, linked.headers.get('location')]).toEqual([303, '/']);
      expect(browser.cookieOf(host.host.url, '__Host-castellan')).toMatch(/^[\w-]{43}$/);
      expect((await host.api.get<UserView>(`/users/${body.id}`)).body).toMatchObject({
        state: 'active',
        signsInWith: ['oidc'],
      });
      const again = new Browser();
      expect((await signIn(host, again)).status).toBe(303);
      const session = new Api(host.host.url, {
        cookie: `__Host-castellan=${again.cookieOf(host.host.url, '__Host-castellan')}`,
      });
      expect((await session.get<SessionView>('/session')).body.user?.email).toBe('elsewhere@castellan.test');
      await host.api.ask('PATCH', `/users/${body.id}`, { disabled: true });
      expect((await signIn(host, new Browser())).status).toBe(403);
    } finally {
      await host.close();
    }
  }, 60_000);

  test('X39: a link needs the password, the session and the invitation until its end', async () => {
    const host = await start('links', { role: 'viewer' });
    try {
      const callback = `${host.host.url}/api/oidc/callback`;
      const begin = async (browser: Browser, input: object, api = new Api(host.host.url)) => {
        const headers = { ...api.credentials, 'content-type': 'application/json' };
        const begun = await browser.open(`${host.host.url}/api/oidc`, { method: 'POST', headers, body: JSON.stringify(input) });
        if (begun.status !== 200) return begun.status;
        return browser.untilBack(((await begun.json()) as { url: string }).url, callback);
      };
      const other = await host.api.anonymous().signIn(ADMINISTRATOR.email, ADMINISTRATOR.password);
      expect(await begin(new Browser(), { link: true }, other)).toBe(401);
      expect(await begin(new Browser(), { link: true, password: 'not the password' }, other)).toBe(401);
      const thief = new Browser();
      const back = await begin(thief, { link: true, password: ADMINISTRATOR.password }, other);
      expect((await other.ask('DELETE', '/session')).status).toBe(204);
      expect((await thief.open(String(back))).status).toBe(403);

      const invited = await host.api.post<InvitedUser>('/users', { email: 'cy@castellan.test', name: 'Cy', role: 'viewer' });
      const token = invited.body.invitation.token;
      const [first, second] = [new Browser(), new Browser()];
      second.login = 'dora';
      const [backOfFirst, backOfSecond] = [
        await begin(first, { invitation: token }),
        await begin(second, { invitation: token }),
      ];
      expect((await first.open(String(backOfFirst))).status).toBe(303);
      expect((await second.open(String(backOfSecond))).status).toBe(403);
      const users = async () => (await host.api.get<{ items: UserView[] }>('/users')).body.items;
      expect((await users()).map(({ email }) => email)).not.toContain('dora@castellan.test');

      // Unlinked, nobody comes in over it any more; nor after a reset by an invitation.
      const { id } = invited.body;
      expect((await host.api.ask('DELETE', `/users/${id}/identities`)).status).toBe(204);
      expect((await users()).find((user) => user.id === id)?.signsInWith).toEqual([]);
      const again = await host.api.post<{ token: string }>(`/users/${id}/invitation`);
      const linked = new Browser();
      expect((await linked.open(String(await begin(linked, { invitation: again.body.token })))).status).toBe(303);
      const reset = await host.api.post<{ token: string }>(`/users/${id}/invitation`);
      const accept = { token: reset.body.token, password: 'a phrase that nobody guesses' };
      expect((await new Api(host.host.url).send('POST', '/invitations/accept', accept)).status).toBe(201);
      expect((await users()).find((user) => user.id === id)?.signsInWith).toEqual(['password']);

      // Disabled in between: no session, and no link that would wait for better times.
      const late = await host.api.post<InvitedUser>('/users', { email: 'late@castellan.test', name: 'Late', role: 'viewer' });
      const slow = new Browser();
      slow.login = 'late';
      const backOfSlow = await begin(slow, { invitation: late.body.invitation.token });
      await host.api.ask('PATCH', `/users/${late.body.id}`, { disabled: true });
      expect((await slow.open(String(backOfSlow))).status).toBe(403);
      expect(await host.query('SELECT count(*)::int AS links FROM user_identities')).toEqual([{ links: 0 }]);
    } finally {
      await host.close();
    }
  }, 60_000);

  test('X39: a code is good once, in the browser that began, with the state of its flow', async () => {
    const host = await start('once', { role: 'viewer' });
    try {
      const begin = async (browser: Browser): Promise<string> => {
        const headers = { 'content-type': 'application/json' };
        const begun = await browser.open(`${host.host.url}/api/oidc`, { method: 'POST', headers, body: '{}' });
        const { url } = (await begun.json()) as { url: string };
        return browser.untilBack(url, `${host.host.url}/api/oidc/callback`);
      };
      const victim = new Browser();
      const back = await begin(victim);
      expect((await new Browser().open(back)).status).toBe(403);
      const other = new Browser();
      await begin(other);
      expect((await other.open(back)).status).toBe(403);
      expect((await victim.open(back)).status).toBe(303);
      expect((await victim.open(back)).status).toBe(403);
      const wrongState = new Browser();
      const fresh = new URL(await begin(wrongState));
      fresh.searchParams.set('state', 'another');
      expect((await wrongState.open(fresh.href)).status).toBe(403);
    } finally {
      await host.close();
    }
  }, 60_000);

  test('X39: an address that nobody has verified makes no user; one that somebody has is not taken over', async () => {
    const host = await start('provisioned', { role: 'viewer' });
    try {
      verified = false;
      expect((await signIn(host, new Browser())).status).toBe(403);
      verified = true;
      await host.api.post<InvitedUser>('/users', { email: 'ana@castellan.test', name: 'Ana', role: 'administrator' });
      const taken = await signIn(host, new Browser());
      expect([taken.status, ((await taken.json()) as { type: string }).type]).toEqual([
        409,
        'urn:castellan:problem:link-first',
      ]);
      const browser = new Browser();
      browser.login = 'bo';
      expect((await signIn(host, browser)).status).toBe(303);
      const { items } = (await host.api.get<{ items: UserView[] }>('/users')).body;
      expect(items.find(({ email }) => email === 'bo@castellan.test')).toMatchObject({
        name: 'Name of bo',
        role: 'viewer',
        signsInWith: ['oidc'],
      });
    } finally {
      verified = true;
      await host.close();
    }
  }, 60_000);
});

describe('X39: with a provider that lies', () => {
  let provider: MaliciousProvider;
  let host: TestHost;
  beforeAll(async () => {
    provider = await MaliciousProvider.start();
    const oidc = { issuer: provider.issuer, clientId: 'castellan', name: 'SSO', role: 'administrator' } as const;
    host = await TestHost.start(settingsFor(join(folder, 'lies'), { oidc }));
  });
  afterAll(async () => {
    await host.close();
    await provider.close();
  });

  async function tryWith(forgery: Forgery): Promise<{ readonly status: number; readonly session: boolean }> {
    await host.query('DELETE FROM sign_in_tries');
    const browser = new Browser();
    const headers = { 'content-type': 'application/json' };
    const begun = await browser.open(`${host.host.url}/api/oidc`, { method: 'POST', headers, body: '{}' });
    const { searchParams } = new URL(((await begun.json()) as { url: string }).url);
    expect(searchParams.get('code_challenge_method')).toBe('S256');
    provider.nonce = String(searchParams.get('nonce'));
    provider.forgery = forgery;
    const back = new URL(`${host.host.url}/api/oidc/callback`);
    back.search = new URLSearchParams({
      code: 'any',
      state: String(searchParams.get('state')),
      iss: forgery.responseIssuer ?? provider.issuer,
    }).toString();
    const answer = await browser.open(back.href);
    return { status: answer.status, session: browser.cookieOf(host.host.url, '__Host-castellan') !== undefined };
  }

  const mallory = { email: 'mallory@castellan.test', email_verified: true };

  test.each<[string, Forgery]>([
    ['another issuer', { claims: { ...mallory, iss: 'https://accounts.evil.test' } }],
    ['another audience', { claims: { ...mallory, aud: 'another client' } }],
    ['another nonce', { claims: { ...mallory, nonce: 'another' } }],
    ['a token that is over', { claims: { ...mallory, exp: Math.floor(Date.now() / 1_000) - 3_600 } }],
    ['no signature', { claims: mallory, sign: 'none' }],
    ['HS256 keyed with the public key', { claims: mallory, sign: 'HS256 with the public key' }],
    ['the signature of another key', { claims: mallory, sign: 'other key' }],
    ['the answer of another provider (mix-up)', { claims: mallory, responseIssuer: 'https://accounts.evil.test' }],
  ])('%s is refused', async (_, forgery) => {
    expect(await tryWith(forgery)).toEqual({ status: 403, session: false });
  });

  test('and the very same with nothing forged is let in', async () => {
    expect(await tryWith({ claims: mallory })).toEqual({ status: 303, session: true });
  });
});
