import { defineConnector, type JsonObject } from '@castellan/connector-sdk';
import { OriginField, SecretField, TextField, VariantField } from '@castellan/form-schema';
import type { Integration, Storage } from '@castellan/storage';
import { ConnectorCatalogue } from '@castellan/sync-engine';
import { ConnectionTester } from '../src/connectors/connection-tester.js';
import { ConnectorDesk } from '../src/connectors/connector-desk.js';
import { IntegrationSettings } from '../src/integrations/integration-settings.js';
import { StoredSettings } from '../src/integrations/stored-settings.js';
import { Problem } from '../src/problems/problem.js';

/** Two ways to sign in that call their secret alike, an optional secret, and an address that is no host name. */
class BasicAuth {
  @SecretField({ label: 'Password' }) readonly password!: string;
}
class LegacyAuth {
  @SecretField({ label: 'Password' }) readonly password!: string;
}
class Settings {
  @OriginField({ label: 'Domain' }) readonly domain!: string;
  @TextField({ label: 'Tenant', address: true, optional: true }) readonly tenant?: string;
  @TextField({ label: 'Note', optional: true }) readonly note?: string;
  @SecretField({ label: 'Signing secret', optional: true }) readonly signing?: string;
  @VariantField({
    label: 'Sign in with',
    discriminator: 'method',
    variants: [
      { value: 'basic', label: 'Basic', config: BasicAuth },
      { value: 'legacy', label: 'Legacy', config: LegacyAuth },
    ],
  })
  readonly auth!: { readonly password: string };
}

const STORED: JsonObject = { domain: 'https://acme.provider.test', tenant: 'acme', auth: { method: 'basic' } };
const changedAt = new Date('2026-11-20T09:00:00.000Z');
const integration: Integration = {
  id: '3f0c9a52-5d0e-4c1b-9f57-0c5b8d2f6a11',
  workspaceId: '00000000-0000-4000-8000-000000000001',
  connectorId: 'fake',
  name: 'Fake',
  owner: null,
  config: STORED,
  configRevision: 1,
  secrets: ['auth.password', 'signing'].map((field) => ({ field, changedAt })),
  tenantId: 'org',
  scheduleSeconds: 86_400,
  paused: false,
  nextRunAt: changedAt,
  pollSeconds: null,
  nextPollAt: null,
  polledAt: null,
  createdAt: changedAt,
  updatedAt: changedAt,
  position: '',
};

/** What reached the provider. */
let tried: object[];
let tenant: { readonly id: string; readonly displayName: string } | null;
let opened: number;
let settings: IntegrationSettings;

beforeEach(() => {
  tried = [];
  opened = 0;
  tenant = { id: 'org', displayName: 'Acme' };
  const connector = defineConnector({
    id: 'fake',
    displayName: 'Fake',
    config: Settings,
    connect: ({ config }) => void tried.push(JSON.parse(JSON.stringify(config)) as object),
    probe: async () => ({ tenant, checks: [{ name: 'credential', status: 'ok' }] }),
    streams: [],
  });
  const catalogue = new ConnectorCatalogue([{ status: 'available', id: 'fake', packageName: 'fake', connector }]);
  const logger = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
  const tester = new ConnectionTester({
    http: {
      open: () => ({
        factory: () => {
          throw new Error('nothing is sent in this test');
        },
        waits: () => [],
        close: async () => undefined,
      }),
    },
    loggers: () => logger,
    shutdown: new AbortController().signal,
  });
  const integrationStore = {
    open: async (id: string) => {
      opened += 1;
      const config = { ...STORED, signing: 'stored signing', auth: { method: 'basic', password: 'stored password' } };
      return { id, connectorId: 'fake', name: 'Fake', config };
    },
  };
  // The one port that the stored settings are read from.
  const storage = { integrationStore } as unknown as Storage;
  settings = new IntegrationSettings(new ConnectorDesk(catalogue, tester, {}), new StoredSettings(storage));
});

async function fieldsOf(given: object): Promise<readonly string[]> {
  const problem = await settings.edited(integration, given, false).then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(problem instanceof Problem)) throw new Error('was not refused');
  expect([problem.body.status, tried.length]).toEqual([422, 0]);
  return problem.body.errors?.map(({ field }) => field) ?? [];
}

test('a note is changed: both secrets stay, and are tried with it', async () => {
  const edited = await settings.edited(integration, { ...STORED, note: 'new' }, false);
  expect(edited).toMatchObject({ config: { ...STORED, note: 'new' }, secrets: {}, tenantId: 'org' });
  expect(tried).toEqual([
    { ...STORED, note: 'new', signing: 'stored signing', auth: { method: 'basic', password: 'stored password' } },
  ]);
});

test.each([
  ['the domain', { domain: 'https://evil.test' }, ['config.auth.password', 'config.signing'], 0],
  ['another address', { tenant: 'evil' }, ['config.auth.password', 'config.signing'], 0],
  ['an address that is left out', { tenant: null }, ['config.auth.password', 'config.signing'], 0],
  ['the domain, one secret cleared', { domain: 'https://evil.test', signing: null }, ['config.auth.password'], 0],
  // The other secret stays, and takes part in the validation.
  ['the way to sign in', { auth: { method: 'legacy' } }, ['config.auth.password'], 1],
])('%s is changed: the secrets that belong to it are asked for again', async (_, change, fields, times) => {
  expect([...(await fieldsOf({ ...STORED, ...change }))].toSorted()).toEqual(fields);
  expect(opened).toBe(times);
});

test('with the secrets anew a new address is tried with these alone', async () => {
  const auth = { method: 'basic', password: 'new password' };
  const given = { ...STORED, domain: 'https://new.test', signing: 'new signing', auth };
  const edited = await settings.edited(integration, given, false);
  expect(edited?.secrets).toEqual({ 'auth.password': 'new password', signing: 'new signing' });
  expect(JSON.stringify(tried)).not.toContain('stored');
  expect(opened).toBe(0);
});

test('null forgets an optional secret, and only that', async () => {
  const edited = await settings.edited(integration, { ...STORED, signing: null }, false);
  expect(edited?.secrets).toEqual({ signing: null });
  expect(tried).toEqual([{ ...STORED, auth: { method: 'basic', password: 'stored password' } }]);
});

test.each([null, { id: 'other', displayName: 'Other' }])(
  'an answer of %j is not the organisation that is known',
  async (answer) => {
    tenant = answer;
    const given = { ...STORED, note: 'new' };
    await expect(settings.edited(integration, given, false)).rejects.toMatchObject({ body: { status: 409 } });
    expect(await settings.edited({ ...integration, tenantId: null }, given, false)).toMatchObject({
      tenantId: answer?.id ?? null,
    });
  },
);

test('a reconnect reads no stored secret', async () => {
  const auth = { method: 'basic', password: 'new password' };
  const replaced = await settings.replaced(integration, { ...STORED, auth }, false);
  expect(replaced.secrets).toEqual({ 'auth.password': 'new password', signing: null });
  expect(opened).toBe(0);
  await expect(settings.replaced(integration, STORED, false)).rejects.toMatchObject({
    body: { status: 422, errors: [{ field: 'config.auth.password' }] },
  });
});
