import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSettings } from '../src/settings/host-settings.js';
import { VARIABLE_NAMES, VARIABLES } from '../src/settings/variables.js';

const cwd = join('/', 'srv', 'castellan');
const key = (byte: number): string => Buffer.alloc(32, byte).toString('base64');

test('has defaults for everything', () => {
  expect(readSettings({}, cwd)).toEqual({
    port: 4400,
    address: '127.0.0.1',
    trustedProxies: [],
    dataDir: join(cwd, '.castellan', 'data'),
    allowedHosts: [],
    allowedWebhookHosts: [],
    pages: true,
    logLevel: 'info',
    production: false,
    pollSeconds: 60,
    role: 'both',
    runs: 4,
    turnMs: 60_000,
    sessions: { idleSeconds: 3_600, absoluteSeconds: 43_200 },
  });
});

const EVERY = {
  PORT: '0',
  CASTELLAN_ADDRESS: '0.0.0.0',
  CASTELLAN_URL: 'https://castellan.example.com/',
  CASTELLAN_TRUSTED_PROXIES: '10.0.0.2, fd00::/8 10.1.0.0/16',
  CASTELLAN_DATA_DIR: 'elsewhere',
  DATABASE_URL: 'postgresql://u:p@db/c',
  DATABASE_OWNER_URL: 'postgresql://owner:p@db/c',
  CASTELLAN_KEY: ` ${key(1)} `,
  CASTELLAN_KEY_PREVIOUS: '5a'.repeat(32),
  CASTELLAN_SESSION_IDLE_MINUTES: '5',
  CASTELLAN_SESSION_HOURS: '2',
  CASTELLAN_SETUP_TOKEN: 'abcdefghijklmnopqrstuvwx',
  CASTELLAN_OIDC_ISSUER: 'https://login.example.com/realms/a',
  CASTELLAN_OIDC_CLIENT_ID: 'castellan',
  CASTELLAN_OIDC_CLIENT_SECRET: 's',
  CASTELLAN_OIDC_ROLE: 'viewer',
  CASTELLAN_ALLOW_HOSTS: '127.0.0.1, directory.test:8443 [::1]',
  CASTELLAN_ALLOW_WEBHOOK_HOSTS: 'hooks.test',
  CASTELLAN_SMTP_URL: 'smtp://castellan%40example.com:p%40ss%3Aword@mail.example.com',
  CASTELLAN_MAIL_FROM: 'castellan@Example.com',
  CASTELLAN_PAGES: 'off',
  LOG_LEVEL: '',
  REDIS_URL: 'rediss://castellan:p%40ss@cache.example.com:6380/2',
  CASTELLAN_ROLE: 'worker',
  CASTELLAN_RUNS: '8',
  CASTELLAN_WORKSPACE_RUNS: '6',
  CASTELLAN_TURN_SECONDS: '120',
  CASTELLAN_LEASE_MS: '1000',
  CASTELLAN_POLL_SECONDS: '300',
  NODE_ENV: 'production',
};

test('reads every variable; an empty one is as good as none', () => {
  expect(readSettings(EVERY, cwd)).toEqual({
    port: 0,
    address: '0.0.0.0',
    publicUrl: 'https://castellan.example.com',
    trustedProxies: ['10.0.0.2', 'fd00::/8', '10.1.0.0/16'],
    dataDir: join(cwd, 'elsewhere'),
    databaseUrl: 'postgresql://u:p@db/c',
    databaseOwnerUrl: 'postgresql://owner:p@db/c',
    key: key(1),
    previousKey: '5a'.repeat(32),
    setupToken: 'abcdefghijklmnopqrstuvwx',
    oidc: {
      issuer: 'https://login.example.com/realms/a',
      clientId: 'castellan',
      clientSecret: 's',
      name: 'Single sign-on',
      role: 'viewer',
    },
    allowedHosts: ['127.0.0.1', 'directory.test:8443', '[::1]'],
    allowedWebhookHosts: ['hooks.test'],
    mail: {
      server: {
        host: 'mail.example.com',
        port: 587,
        secure: false,
        credentials: { user: 'castellan@example.com', password: 'p@ss:word' },
        requireTls: true,
      },
      from: 'castellan@example.com',
    },
    pages: false,
    logLevel: 'info',
    leaseMs: 1000,
    production: true,
    pollSeconds: 300,
    redisUrl: 'rediss://castellan:p%40ss@cache.example.com:6380/2',
    role: 'worker',
    runs: 8,
    runsOfWorkspace: 6,
    turnMs: 120_000,
    sessions: { idleSeconds: 300, absoluteSeconds: 7_200 },
  });
});

test.each([
  [{ PORT: '80a' }, 'PORT must be a whole number from 0 to 65535, not "80a".'],
  [{ PORT: '70000' }, 'PORT must be'],
  [{ PORT: '-1' }, 'PORT must be'],
  [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL must be one of silent, fatal'],
  [{ CASTELLAN_ALLOW_HOSTS: 'https://x' }, 'CASTELLAN_ALLOW_HOSTS must list hosts'],
  [{ CASTELLAN_ALLOW_WEBHOOK_HOSTS: 'https://x' }, 'CASTELLAN_ALLOW_WEBHOOK_HOSTS must list hosts'],
  [{ CASTELLAN_POLL_SECONDS: 'often' }, 'CASTELLAN_POLL_SECONDS must be'],
  [{ REDIS_URL: 'http://:hunter2@cache' }, 'REDIS_URL must look like redis://'],
  [{ REDIS_URL: 'redis://:hunter2@cache/queue' }, 'REDIS_URL must look like redis://'],
  [{ CASTELLAN_ROLE: 'leader' }, 'CASTELLAN_ROLE must be one of web, worker, both'],
  [{ CASTELLAN_RUNS: '0' }, 'CASTELLAN_RUNS must be'],
  [{ CASTELLAN_LEASE_MS: '1' }, 'CASTELLAN_LEASE_MS must be'],
  [{ NODE_ENV: 'production', NODE_TLS_REJECT_UNAUTHORIZED: '0' }, 'NODE_TLS_REJECT_UNAUTHORIZED=0 would'],
  [{ DATABASE_URL: 'mysql://root:hunter2@db' }, 'DATABASE_URL must look like postgresql://'],
  [{ DATABASE_OWNER_URL: 'db' }, 'DATABASE_OWNER_URL must look like postgresql://'],
  [{ DATABASE_OWNER_URL: 'postgresql://owner:p@db/c' }, 'DATABASE_OWNER_URL is the owner'],
  [{ CASTELLAN_KEY: 'short' }, 'CASTELLAN_KEY must hold 32 bytes'],
  [{ CASTELLAN_KEY_PREVIOUS: 'short' }, 'CASTELLAN_KEY_PREVIOUS must hold 32 bytes'],
  [{ CASTELLAN_SETUP_TOKEN: 'abcdefghijklmnopqrstuvw' }, 'CASTELLAN_SETUP_TOKEN must have at least 24'],
  [{ CASTELLAN_ADDRESS: 'eth0' }, 'CASTELLAN_ADDRESS must be an IP address'],
  [{ CASTELLAN_ADDRESS: '0.0.0.0' }, 'CASTELLAN_ADDRESS 0.0.0.0 can be reached from the network'],
  [{ CASTELLAN_ADDRESS: '::', CASTELLAN_URL: 'http://localhost:4400' }, 'passwords and keys would pass in clear text'],
  [{ CASTELLAN_URL: 'http://castellan.example.com' }, 'CASTELLAN_URL must be an address like https://'],
  [{ CASTELLAN_URL: 'https://castellan.example.com/app' }, 'CASTELLAN_URL must be'],
  [{ CASTELLAN_URL: 'https://user@castellan.example.com' }, 'CASTELLAN_URL must be'],
  [{ CASTELLAN_URL: 'castellan.example.com' }, 'CASTELLAN_URL must be'],
  [{ CASTELLAN_TRUSTED_PROXIES: 'proxy' }, 'CASTELLAN_TRUSTED_PROXIES must list addresses or networks'],
  [{ CASTELLAN_TRUSTED_PROXIES: '10.0.0.0/33' }, 'CASTELLAN_TRUSTED_PROXIES must list'],
  [{ CASTELLAN_TRUSTED_PROXIES: '0.0.0.0/0' }, 'CASTELLAN_TRUSTED_PROXIES must not trust the whole Internet'],
  [
    { CASTELLAN_OIDC_ISSUER: 'https://login.example.com' },
    'CASTELLAN_OIDC_ISSUER and CASTELLAN_OIDC_CLIENT_ID belong together',
  ],
  [{ CASTELLAN_OIDC_CLIENT_ID: 'x' }, 'belong together'],
  [{ CASTELLAN_OIDC_ISSUER: 'http://login.example.com' }, 'CASTELLAN_OIDC_ISSUER must be the https address'],
  [{ CASTELLAN_OIDC_ROLE: 'owner' }, 'CASTELLAN_OIDC_ROLE must be one of administrator, analyst, viewer'],
  [{ CASTELLAN_SMTP_URL: 'mail.example.com' }, 'CASTELLAN_SMTP_URL must look like smtp://'],
  [{ CASTELLAN_SMTP_URL: 'https://mail.example.com' }, 'CASTELLAN_SMTP_URL must look like smtp://'],
  [{ CASTELLAN_SMTP_URL: 'smtp://' }, 'CASTELLAN_SMTP_URL must look like smtp://'],
  [{ CASTELLAN_SMTP_URL: 'smtp://user@mail.example.com' }, 'CASTELLAN_SMTP_URL must look like smtp://'],
  [{ CASTELLAN_SMTP_URL: 'smtp://mail.example.com/box' }, 'CASTELLAN_SMTP_URL must look like smtp://'],
  [{ CASTELLAN_SMTP_URL: 'smtp://mail.example.com?pool=1' }, 'CASTELLAN_SMTP_URL must look like smtp://'],
  [{ CASTELLAN_SMTP_URL: 'smtp://mail%0d%0a.example.com' }, 'CASTELLAN_SMTP_URL must look like smtp://'],
  [{ CASTELLAN_SMTP_URL: 'smtp://user:50%@mail.example.com' }, 'CASTELLAN_SMTP_URL must have a user and a password that are'],
  [{ CASTELLAN_MAIL_FROM: 'Castellan <castellan@example.com>' }, 'CASTELLAN_MAIL_FROM must be a plain address'],
  [{ CASTELLAN_SMTP_URL: 'smtp://mail.example.com' }, 'CASTELLAN_SMTP_URL and CASTELLAN_MAIL_FROM belong together'],
  [{ CASTELLAN_MAIL_FROM: 'castellan@example.com' }, 'CASTELLAN_SMTP_URL and CASTELLAN_MAIL_FROM belong together'],
  [{ CASTELLAN_KEY_PREVIOUS: key(2) }, 'CASTELLAN_KEY_PREVIOUS is the key before'],
])('says what is wrong: %j', (env, message) => {
  expect(() => readSettings(env, cwd)).toThrow(message);
});

test.each([
  ['smtps://mail.example.com', { host: 'mail.example.com', port: 465, secure: true, requireTls: false }],
  ['smtp://[::1]:2525/', { host: '::1', port: 2525, secure: false, requireTls: false }],
  // What is said to this machine crosses no network.
  [
    'smtp://u:p@127.0.0.1:25',
    { host: '127.0.0.1', port: 25, secure: false, credentials: { user: 'u', password: 'p' }, requireTls: false },
  ],
])('a mail server: %s', (url, server) => {
  const env = { CASTELLAN_SMTP_URL: url, CASTELLAN_MAIL_FROM: 'castellan@example.com' };
  expect(readSettings(env, cwd).mail).toEqual({ server, from: 'castellan@example.com' });
});

test.each([
  'smtp://user:hunter2@mail.example.com/box',
  'smtp://user:hunter2%@mail.example.com',
  'http://user:hunter2@mail.example.com',
  'smtp://user:hunter2@mail.example.com:port',
])('a wrong mail server is named without its password: %s', (url) => {
  const env = { CASTELLAN_SMTP_URL: url, CASTELLAN_MAIL_FROM: 'castellan@example.com' };
  expect(() => readSettings(env, cwd)).toThrow(/^CASTELLAN_SMTP_URL must (?!.*hunter2)[^;]*$/);
});

test('tells all that is wrong at once, each thing once', () => {
  const env = { PORT: 'x', LOG_LEVEL: 'loud', CASTELLAN_ADDRESS: '0.0.0.0', CASTELLAN_URL: 'ftp://x' };
  let message = '';
  try {
    readSettings(env, cwd);
  } catch (error) {
    message = String(error);
  }
  const parts = message.split('; ');
  expect(parts).toHaveLength(3);
  for (const [index, name] of ['PORT', 'CASTELLAN_URL', 'LOG_LEVEL'].entries()) expect(parts[index]).toContain(`${name} must`);
});

test.each([
  [{ DATABASE_URL: 'mysql://root:hunter2@db' }],
  [{ CASTELLAN_KEY: 'hunter2' }],
  [{ CASTELLAN_KEY_PREVIOUS: 'hunter2' }],
  [{ CASTELLAN_SETUP_TOKEN: 'hunter2' }],
  [{ DATABASE_OWNER_URL: 'mysql://root:hunter2@db' }],
])('X1: never repeats what may be a secret: %j', (env) => {
  expect(() => readSettings(env, cwd)).toThrow(expect.objectContaining({ message: expect.not.stringContaining('hunter2') }));
});

test('an unknown variable of ours is told, with the name that was meant', () => {
  const env = {
    CASTELLAN_ADRESS: '::1',
    CASTELLAN_PROT: '1',
    CASTELLAN_DEMO_PORT: '1',
    CASTELLAN_COLOUR_OF_THE_SKY: 'blue',
    HOME: '/',
  };
  expect(readSettings(env, cwd).warnings).toEqual([
    'CASTELLAN_ADRESS is not a setting of this release and was ignored. Did you mean CASTELLAN_ADDRESS?',
    'CASTELLAN_PROT is not a setting of this release and was ignored. Did you mean PORT?',
    'CASTELLAN_COLOUR_OF_THE_SKY is not a setting of this release and was ignored.',
  ]);
});

test.each(['README.md', 'apps/host/README.md'])('the table of %s names every variable with its default', (file) => {
  const text = readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8');
  const [head = ''] = /^\| variable .*$/m.exec(text) ?? [];
  const column = head.split('|').findIndex((cell) => cell.trim() === 'default');
  const rows = [...text.matchAll(/^\| `([A-Z_]+)` .*$/gm)].map(
    ([row, name = '']) => [name, row.split('|')[column] ?? ''] as const,
  );
  const shown = rows.map(([name, cell]) => [name, cell.trim().replaceAll('`', '')]);
  expect(shown).toEqual(VARIABLE_NAMES.map((name) => [name, VARIABLES[name].shownDefault]));
});
