import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Directory } from './support/directory.js';
import { error, FakeScim } from './support/fake-scim.js';
import { TestHost } from './support/test-host.js';

let fake: FakeScim;
beforeEach(async () => {
  fake = await FakeScim.start(Directory.of(5, 2));
});
afterEach(() => fake.close());

const SECRET = 'canary ü&=+/secret';

test('user name and password go with each request', async () => {
  fake.admits = `Basic ${Buffer.from(`castellan:${SECRET}`).toString('base64')}`;
  const host = await TestHost.of(fake.url, {
    settings: { auth: { method: 'basic', username: 'castellan', password: SECRET } },
  });
  await host.run();
  expect(host.stopped).toEqual([]);
  expect(host.keys('account')).toHaveLength(5);
});

test.each([
  [{ method: 'bearer', token: 'canary-wrong' }, 'auth.token'],
  [{ method: 'basic', username: 'x', password: 'canary-wrong' }, 'auth.password'],
])('a refused credential names its field and ends the run, and is not quoted', async (auth, field) => {
  fake.manners.instead = ({ headers }) => error(401, undefined, `No: ${headers.authorization ?? ''}`);
  const host = await TestHost.of(fake.url, { settings: { auth } });
  await host.run();
  expect(host.stopped[0]).toMatchObject({ error: { kind: 'auth', field } });
  expect(JSON.stringify(host.stopped)).not.toContain('canary');
  expect(host.logger.text).not.toContain('canary');
});

/** A token endpoint on a host of its own. */
class Issuer {
  readonly asked: { readonly headers: IncomingHttpHeaders; readonly form: URLSearchParams }[] = [];
  expiresIn: unknown = 3_600;
  refusal: { readonly status: number; readonly body: object } | undefined;
  issued = 0;
  #server: Server | undefined;
  url = '';

  async start(): Promise<void> {
    const server = createServer((request, response) => {
      let text = '';
      request.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      request.on('end', () => {
        this.asked.push({ headers: request.headers, form: new URLSearchParams(text) });
        this.issued += 1;
        const token = `token-canary-${this.issued}`;
        if (this.refusal === undefined) fake.admits = `Bearer ${token}`;
        const { status, body } = this.refusal ?? {
          status: 200,
          body: { access_token: token, token_type: 'Bearer', expires_in: this.expiresIn },
        };
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      });
    });
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    // Listening on a port, so the address is no pipe.
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/oauth2/token`;
  }

  async close(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((resolve) => this.#server?.close(resolve));
  }
}

describe('with access tokens', () => {
  const issuer = new Issuer();
  beforeEach(async () => {
    Object.assign(issuer, { expiresIn: 3_600, refusal: undefined, issued: 0 });
    issuer.asked.length = 0;
    await issuer.start();
  });
  afterEach(() => issuer.close());

  const hostOf = (more: object = {}, now?: () => Date): Promise<TestHost> => {
    const auth = { method: 'oauth', tokenUrl: issuer.url, clientId: 'id & more', clientSecret: SECRET, ...more };
    return TestHost.of(fake.url, { settings: { auth }, ...(now !== undefined && { now }) });
  };

  test('the client says who it is in a header, form-encoded; one token serves many requests and the next runs', async () => {
    const host = await hostOf({ scope: 'scim.read scim.write' });
    await host.run();
    await host.poll();
    expect(host.stopped).toEqual([]);
    expect(issuer.asked).toHaveLength(1);
    const [{ headers, form } = { headers: {}, form: new URLSearchParams() }] = issuer.asked;
    const pair = Buffer.from(headers.authorization?.split(' ')[1] ?? '', 'base64').toString();
    expect(pair.split(':').map((half) => new URLSearchParams(`x=${half}`).get('x'))).toEqual(['id & more', SECRET]);
    expect(Object.fromEntries(form)).toEqual({ grant_type: 'client_credentials', scope: 'scim.read scim.write' });
  });

  test('or in the form', async () => {
    const host = await hostOf({ clientAuthentication: 'client_secret_post' });
    await host.run();
    expect(host.stopped).toEqual([]);
    expect(issuer.asked[0]?.headers.authorization).toBeUndefined();
    expect(Object.fromEntries(issuer.asked[0]?.form ?? [])).toEqual({
      grant_type: 'client_credentials',
      client_id: 'id & more',
      client_secret: SECRET,
    });
  });

  test('a token is replaced before it expires, and once when it is refused', async () => {
    let time = Date.now();
    const host = await hostOf({}, () => new Date(time));
    await host.run();
    time += 3_600_000 - 30_000;
    await host.poll();
    expect(issuer.issued).toBe(2);
    fake.admits = 'Bearer revoked';
    time += 60_000;
    await host.poll();
    expect(issuer.issued).toBe(3);
    expect(host.stopped).toEqual([]);
  });

  test('a token that is refused as soon as it is issued is an error, and not asked for for ever', async () => {
    fake.manners.instead = () => error(401, undefined, 'Never');
    const host = await hostOf();
    await host.run();
    expect(host.stopped[0]).toMatchObject({ error: { kind: 'auth', field: 'auth.scope' } });
    expect(issuer.issued).toBeLessThan(6);
  });

  test.each([
    [400, { error: 'invalid_scope' }, 'auth', 'auth.scope'],
    [401, { error: 'invalid_client', error_description: `bad ${SECRET}` }, 'auth', 'auth.clientSecret'],
    [400, { error: 'unauthorized_client' }, 'auth', 'auth.clientId'],
    [404, {}, 'auth', 'auth.tokenUrl'],
    [403, {}, 'auth', 'auth.clientSecret'],
    [400, { error: 'temporarily_unavailable' }, 'transient', undefined],
    [400, { error: 'something_new' }, 'upstream', undefined],
    [200, { token: 'canary' }, 'upstream', undefined],
  ])('an answer of %s %j is an error of kind %s', async (status, body, kind, field) => {
    issuer.refusal = { status, body };
    const host = await hostOf();
    const { checks } = await host.test();
    const failed = checks.find((check) => check.status === 'failed');
    expect(failed).toMatchObject({ blocks: 'connection', error: { kind, ...(field !== undefined && { field }) } });
    await host.run();
    expect(JSON.stringify([checks, host.stopped])).not.toContain('canary');
    expect(host.logger.text).not.toContain('canary');
  });
});

test.each([400, 403, 404, 409, 500])('a service that answers %i and quotes what it was sent is not quoted', async (status) => {
  fake.manners.instead = ({ headers }) => error(status, undefined, JSON.stringify(headers));
  const host = await TestHost.of(fake.url, { settings: { auth: { method: 'bearer', token: 'canary-token' } } });
  await host.run();
  await host.test();
  const refused = await host.act('deactivate-account', { account: 'x' }).catch((failure: unknown) => failure);
  expect(JSON.stringify([host.stopped, refused, Object(refused).detail, String(refused)])).not.toContain('canary');
  expect(host.logger.text).not.toContain('canary');
});
