import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { mapAccountDevice } from '../src/map/account-device.js';
import { mapClientKey } from '../src/map/app-credential.js';
import { mapApplication } from '../src/map/application.js';
import { Drift } from '../src/map/drift.js';
import { RecordingLogger } from './support/recording-logger.js';

const FOLDER = fileURLToPath(new URL('../../../../shared/okta-recorded', import.meta.url));

function recorded(file: string): readonly Readonly<Record<string, unknown>>[] {
  const lines = readFileSync(`${FOLDER}/${file}.jsonl`, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => (JSON.parse(line) as { object: Record<string, unknown> }).object);
}

const named = (value: unknown, key: string): unknown => (value as Readonly<Record<string, unknown>> | undefined)?.[key];

// The folder is no part of the project; without it there is nothing to compare.
(existsSync(FOLDER) ? describe : describe.skip)('objects that real organisations have answered', () => {
  let logger: RecordingLogger;
  let drift: Drift;
  beforeEach(() => {
    logger = new RecordingLogger();
    drift = new Drift(logger);
  });

  it('devices, inside of what ties them to an account', () => {
    const devices = recorded('devices');
    const rows = devices.map((device) =>
      mapAccountDevice({ created: device['created'], deviceUserId: 'lnk1', device }, 'u1', drift),
    );
    expect(rows.map((row) => [row?.data.device, row?.data.platform, row?.data.name, row?.data.updatedAt])).toEqual(
      devices.map((device) => [
        device['id'],
        named(device['profile'], 'platform'),
        named(device['profile'], 'displayName'),
        device['lastUpdated'],
      ]),
    );
    expect(rows.map((row) => row?.data.status)).toEqual(devices.map(() => 'active'));
    expect([devices.length, logger.notUnderstood()]).toEqual([3, []]);
  });

  it('applications: which are worth asking for credentials and provisioning, found by their text', () => {
    const apps = recorded('apps');
    const hints = apps.map((app) => mapApplication(app, drift)?.hint);
    const asked = (list: string): number => hints.filter((hint) => hint?.['credentials'] === list).length;
    const texts = apps.map((app) => JSON.stringify(app));
    const count = (pattern: RegExp, not?: RegExp): number =>
      texts.filter((text) => pattern.test(text) && not?.test(text) !== true).length;
    expect([asked('secrets'), asked('jwks'), asked('keys')]).toEqual([
      count(/"token_endpoint_auth_method":"client_secret_/),
      count(/"token_endpoint_auth_method":"private_key_jwt"|"application_type":"service"/, /"jwks_uri":"|client_secret_/),
      count(/"signOnMode":"(SAML|WS_FED)/),
    ]);
    expect(asked('secrets') * asked('jwks') * asked('keys')).toBeGreaterThan(0);
    expect(hints.filter((hint) => hint?.['provisioned'] === true)).toHaveLength(count(/"features":\["/));
    expect(hints.filter((hint) => hint?.['pushes'] === true)).toHaveLength(count(/"GROUP_PUSH"/));
  });

  it('keys of clients, as they stand in applications', () => {
    const keys = recorded('apps').flatMap((app) => {
      const found = named(named(named(app['settings'], 'oauthClient'), 'jwks'), 'keys');
      return Array.isArray(found) ? (found as readonly Readonly<Record<string, unknown>>[]) : [];
    });
    const rows = keys.map((key) => mapClientKey(key, 'a1', drift));
    expect(rows.map((row) => row?.key)).toEqual(keys.map(({ id }) => `a1|${String(id)}`));
    expect(logger.notUnderstood()).toEqual([]);
    const written = JSON.stringify(rows);
    for (const key of keys)
      for (const part of ['n', 'x', 'y']) if (part in key) expect(written).not.toContain(String(key[part]));
    expect(keys.length).toBeGreaterThan(5);
  });
});
