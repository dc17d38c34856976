import { join } from 'node:path';
import { readSettings } from '../src/settings/host-settings.js';

const cwd = join('/', 'srv', 'castellan');

test('has defaults for everything', () => {
  expect(readSettings({}, cwd)).toEqual({
    port: 4400,
    dataDir: join(cwd, '.castellan', 'data'),
    allowedHosts: [],
    logLevel: 'info',
    production: false,
    pollSeconds: 60,
  });
});

test('reads every variable; an empty one is as good as none', () => {
  const env = {
    PORT: '0',
    CASTELLAN_DATA_DIR: 'elsewhere',
    DATABASE_URL: 'postgresql://u:p@db/c',
    DATABASE_OWNER_URL: 'postgresql://o:p@db/c',
    CASTELLAN_KEY: ' k ',
    CASTELLAN_KEY_PREVIOUS: 'old',
    CASTELLAN_ALLOW_HOSTS: '127.0.0.1, directory.test:8443 [::1]',
    LOG_LEVEL: '',
    CASTELLAN_LEASE_MS: '1000',
    CASTELLAN_POLL_SECONDS: '300',
    NODE_ENV: 'production',
  };
  expect(readSettings(env, cwd)).toEqual({
    port: 0,
    dataDir: join(cwd, 'elsewhere'),
    databaseUrl: 'postgresql://u:p@db/c',
    databaseOwnerUrl: 'postgresql://o:p@db/c',
    key: 'k',
    previousKey: 'old',
    allowedHosts: ['127.0.0.1', 'directory.test:8443', '[::1]'],
    logLevel: 'info',
    leaseMs: 1000,
    production: true,
    pollSeconds: 300,
  });
});

test.each([
  [{ PORT: '80a' }, 'PORT must be a whole number from 0 to 65535, not "80a".'],
  [{ PORT: '70000' }, 'PORT must be'],
  [{ PORT: '-1' }, 'PORT must be'],
  [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL must be one of silent, fatal'],
  [{ CASTELLAN_ALLOW_HOSTS: 'https://x' }, 'CASTELLAN_ALLOW_HOSTS must list hosts'],
  [{ CASTELLAN_POLL_SECONDS: 'often' }, 'CASTELLAN_POLL_SECONDS must be'],
  [{ CASTELLAN_LEASE_MS: '1' }, 'CASTELLAN_LEASE_MS must be'],
  [{ NODE_ENV: 'production', NODE_TLS_REJECT_UNAUTHORIZED: '0' }, 'NODE_TLS_REJECT_UNAUTHORIZED=0 would'],
  [{ DATABASE_URL: 'mysql://root:hunter2@db' }, 'DATABASE_URL must look like postgresql://'],
  [{ DATABASE_OWNER_URL: 'mysql://root:hunter2@db' }, 'DATABASE_OWNER_URL must look like postgresql://'],
  [{ CASTELLAN_KEY_PREVIOUS: 'old' }, 'CASTELLAN_KEY_PREVIOUS is set without CASTELLAN_KEY'],
])('says what is wrong: %j', (env, message) => {
  expect(() => readSettings(env, cwd)).toThrow(message);
});

test('never repeats a database address, which holds a password', () => {
  expect(() => readSettings({ DATABASE_URL: 'mysql://root:hunter2@db' }, cwd)).toThrow(expect.not.stringContaining('hunter2'));
});
