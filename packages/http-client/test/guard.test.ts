import type { LookupAddress } from 'node:dns';
import { request } from 'undici';
import { guardedAgent } from '../src/guard/guarded-agent.js';
import { isSpecialAddress } from '../src/index.js';
import { listen, listenTcp, type Listening } from './support/server.js';
import { closeAll, failure, keep, setUp } from './support/setup.js';

afterEach(closeAll);

const LOOPBACK = [
  '127.0.0.1',
  'localhost',
  '[::1]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '0x7f000001',
  '2130706433',
  '127.1',
  '0',
  '[::]',
];
const INWARD = [
  '169.254.169.254',
  '[::ffff:a9fe:a9fe]',
  '10.1.2.3',
  '172.16.0.1',
  '172.31.255.254',
  '192.168.1.1',
  '100.64.0.1',
  '100.100.100.200',
  '[fd00::1]',
  '[fd00:ec2::254]',
  '[fe80::1]',
  '[ff02::1]',
  '[64:ff9b::7f00:1]',
  '[2002:7f00:1::]',
  '168.63.129.16',
  '224.0.0.1',
  '255.255.255.255',
];

/** On every address of the machine, IPv6 where there is one: nothing can reach it unseen. */
async function listenEverywhere(): Promise<Listening> {
  const everywhere = await listenTcp(() => undefined, '::').catch(() => listenTcp(() => undefined, '0.0.0.0'));
  return keep(everywhere);
}

describe('the guarded connector', () => {
  test.each([...LOOPBACK, ...INWARD])('X5: %s reaches nobody, by https nor by http', async (host) => {
    const listener = await listenEverywhere();
    const { http } = setUp({ allowedHosts: [], limits: { idleMs: 500 } });
    const error = await failure(http.factory({ origin: `https://${host}:${listener.port}` }).send({ url: '/' }));
    expect(error).toMatchObject({
      kind: 'upstream',
      message: expect.stringContaining('not an address on the public Internet'),
    });
    expect(error['detail']).toMatch(/^security:/);

    // Without the client's own https rule in front of it.
    const agent = guardedAgent({ allowedHosts: [], connectMs: 500 });
    const plain = await failure(request(`http://${host}:${listener.port}/`, { dispatcher: agent.dispatcher }));
    expect(plain['name']).toBe('BlockedAddress');
    await agent.destroy();
    expect(listener.connections()).toBe(0);
  });

  test('X5: localhost. with the dot of a complete name reaches nobody, whether the system resolves it or not', async () => {
    const listener = await listenEverywhere();
    const { http } = setUp({ allowedHosts: [], limits: { idleMs: 500, retryBaseMs: 1 } });
    await failure(http.factory({ origin: `https://localhost.:${listener.port}` }).send({ url: '/', attempts: 1 }));
    expect(listener.connections()).toBe(0);
  });

  const resolving = (...addresses: readonly string[]) => {
    const answers: LookupAddress[] = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    return (_name: string, _options: unknown, callback: (error: null, found: LookupAddress[]) => void): void =>
      callback(null, answers);
  };

  test.each([[['127.0.0.1']], [['93.184.216.34', '127.0.0.1']], [['::ffff:127.0.0.1']]])(
    'X7: a name that resolves to %j is refused',
    async (addresses) => {
      const listener = await listenEverywhere();
      const { http, lines } = setUp({ allowedHosts: [], resolve: resolving(...addresses), limits: { idleMs: 500 } });
      const error = await failure(http.factory({ origin: `https://acme.example.com:${listener.port}` }).send({ url: '/' }));
      expect(error).toMatchObject({ kind: 'upstream' });
      expect(lines.filter(({ level }) => level === 'warn')).toHaveLength(1);
      expect(listener.connections()).toBe(0);
    },
  );

  test('X7: a lookup that lies is caught at the socket, before a byte is sent', async () => {
    const received: Buffer[] = [];
    const listener = keep(await listenTcp((socket) => socket.on('data', (chunk) => received.push(chunk))));
    // The answer passes as public and the system then connects elsewhere: rebinding between check and use.
    let asked = 0;
    const lying: LookupAddress = {
      get address() {
        asked += 1;
        return asked === 1 ? '93.184.216.34' : '127.0.0.1';
      },
      family: 4,
    };
    const agent = guardedAgent({
      allowedHosts: [],
      connectMs: 500,
      resolve: (_name, _options, callback) => callback(null, [lying]),
    });
    const error = await failure(
      request(`http://acme.example.com:${listener.port}/`, { dispatcher: agent.dispatcher, headers: { authorization: 'x' } }),
    );
    expect(error['name']).toBe('BlockedAddress');
    await agent.destroy();
    expect(listener.connections()).toBe(1);
    expect(Buffer.concat(received).toString()).toBe('');
  });

  test('an allowed host is exempt, for its port only where one is given', async () => {
    const server = keep(await listen((_request, response) => response.end('{}')));
    const { http } = setUp({ allowedHosts: [`127.0.0.1:${server.port}`] });
    await expect(http.factory({ origin: server.origin }).send({ url: '/' })).resolves.toMatchObject({ status: 200 });
    expect(() => http.factory({ origin: `http://127.0.0.1:${server.port + 1}` })).toThrow(/https/);
    const other = keep(await listen((_request, response) => response.end('{}')));
    expect(await failure(http.factory({ origin: `https://127.0.0.1:${other.port}` }).send({ url: '/' }))).toMatchObject({
      kind: 'upstream',
    });
    expect(other.connections()).toBe(0);
  });

  test('plain http is refused for hosts that are not allowed: it is for whoever wrote the address, or for the operator', () => {
    const { http } = setUp({ allowedHosts: [] });
    expect(() => http.factory({ origin: 'http://acme.example.com:8080' })).toThrow(
      expect.objectContaining({
        kind: 'config',
        field: undefined,
        message:
          'acme.example.com:8080 must be reached over https. The operator can allow plain http by naming it in CASTELLAN_ALLOW_HOSTS.',
        detail: expect.stringContaining('http://acme.example.com:8080'),
      }),
    );
    // No entry there would help.
    expect(() => http.factory({ origin: 'ftp://acme.example.com' })).toThrow(
      /^acme\.example\.com must be reached over https\.$/,
    );
  });
});

describe('special addresses', () => {
  test.each([
    '8.8.8.8',
    '1.1.1.1',
    '172.15.255.255',
    '172.32.0.1',
    '100.63.255.255',
    '100.128.0.1',
    '2606:4700::1111',
    '2001:4860:4860::8888',
  ])('%s is public', (address) => expect(isSpecialAddress(address)).toBe(false));
  test.each([
    undefined,
    '',
    'localhost',
    '999.1.1.1',
    '2001:db8::1',
    '2001::1',
    '3fff::1',
    '2002:808:808::',
    '::8.8.8.8',
    '::ffff:8.8.8.8',
    '2606:4700::1%eth0',
  ])('%s is not, or cannot be told', (address) => expect(isSpecialAddress(address)).toBe(true));
});
