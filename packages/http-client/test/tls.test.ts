import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { json } from './support/server.js';
import { EXPIRED, FOREIGN, SELF_SIGNED } from './support/certificate.js';
import { closeAll, FAST, failure, keep, setUp } from './support/setup.js';

const PACKAGE = fileURLToPath(new URL('..', import.meta.url));

afterEach(closeAll);

async function listenTls(certificate = SELF_SIGNED): Promise<{ readonly origin: string; readonly requests: () => number }> {
  let requests = 0;
  const server = createServer(certificate, (_request, response) => {
    requests += 1;
    json(response, {});
  });
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  keep({ close: () => new Promise<void>((resolve) => server.close(() => resolve())) });
  const address = server.address();
  return {
    origin: `https://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    requests: () => requests,
  };
}

test('X9: a certificate that nobody vouches for is refused, once and for all', async () => {
  const { origin, requests } = await listenTls();
  const { http, lines } = setUp({ limits: FAST });
  const client = http.factory({ origin, authorize: () => ({ authorization: 'Bearer x' }) });
  expect(await failure(client.send({ url: '/' }))).toMatchObject({
    kind: 'upstream',
    message: expect.stringContaining('certificate'),
  });
  expect(requests()).toBe(0);
  expect(lines.filter(({ message }) => message === 'http attempt')).toHaveLength(1);
});

test('X9: NODE_TLS_REJECT_UNAUTHORIZED=0 in the environment changes nothing', async () => {
  const { origin, requests } = await listenTls();
  // A process of its own: inside Jest the environment is a copy that Node does not look at.
  const script = `
    import { createHttpFactory } from '@castellan/http-client';
    import { request } from 'undici';
    const quiet = { debug() {}, info() {}, warn() {}, error() {} };
    const http = createHttpFactory({ allowedHosts: ['127.0.0.1'], signal: new AbortController().signal, logger: quiet });
    const seen = await http.factory({ origin: '${origin}' }).send({ url: '/' }).catch((error) => error.message);
    const careless = await request('${origin}').then(({ statusCode }) => statusCode);
    console.log(JSON.stringify({ seen, careless }));
    await http.close();
    process.exit(0);`;
  const env = { ...process.env, NODE_TLS_REJECT_UNAUTHORIZED: '0', NODE_OPTIONS: '' };
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { cwd: PACKAGE, env });
  // undici by itself does follow the environment, which shows that the setting was in force.
  expect(JSON.parse(stdout)).toEqual({ seen: expect.stringContaining('certificate'), careless: 200 });
  expect(requests()).toBe(1);
});

test('X9: where whoever signed it is trusted, the name and the time of a certificate still count', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'castellan-tls-'));
  const trusted = join(folder, 'trusted.pem');
  writeFileSync(trusted, [SELF_SIGNED, FOREIGN, EXPIRED].map(({ cert }) => cert).join(''));
  const servers = [await listenTls(), await listenTls(FOREIGN), await listenTls(EXPIRED)];
  // A process of its own: Node reads the file once, when it starts.
  const script = `
    import { createHttpFactory } from '@castellan/http-client';
    const quiet = { debug() {}, info() {}, warn() {}, error() {} };
    const http = createHttpFactory({ allowedHosts: ['127.0.0.1'], signal: new AbortController().signal, logger: quiet });
    const ask = (origin) =>
      http.factory({ origin }).send({ url: '/', attempts: 1 }).then(({ status }) => status, (error) => error.message);
    console.log(JSON.stringify(await Promise.all(${JSON.stringify(servers.map(({ origin }) => origin))}.map(ask))));
    await http.close();
    process.exit(0);`;
  try {
    const env = { ...process.env, NODE_EXTRA_CA_CERTS: trusted, NODE_OPTIONS: '' };
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
      cwd: PACKAGE,
      env,
    });
    const refused: unknown = expect.stringContaining('certificate');
    expect(JSON.parse(stdout)).toEqual([200, refused, refused]);
    expect(servers.map(({ requests }) => requests())).toEqual([1, 0, 0]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
