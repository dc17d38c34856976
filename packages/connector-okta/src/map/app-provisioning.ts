import type { AppProvisioning, SourceRecord } from '@castellan/connector-sdk';
import type { Drift } from './drift.js';
import { EXPOSURE_FIELDS } from './exposure-fields.js';
import { ObjectReader } from './object-reader.js';
import { redactObject, redactPolicy } from './redact.js';

const STATUS: Readonly<Record<string, AppProvisioning['status']>> = {
  ENABLED: 'active',
  DISABLED: 'inactive',
  UNKNOWN: 'unknown',
};
const SWITCH: Readonly<Record<string, 'on' | 'off'>> = { ENABLED: 'on', DISABLED: 'off' };
/** Which password a provisioned account gets. Source: Okta management API, `SeedEnum`. */
const SEED: Readonly<Record<string, AppProvisioning['password']>> = { OKTA: 'own', RANDOM: 'random' };

export interface ProvisioningAnswers {
  /** As `GET /apps/{id}/features` lists them. One that is not among them does not happen. */
  readonly features: readonly unknown[];
  /** As `GET /apps/{id}/connections/default` shows it; `null` when there is none. */
  readonly connection: unknown;
  /** Whether the application's own list of features has an import in it: not every import has a feature that can be read. */
  readonly imports: boolean;
}

/** What is written into an application. */
export function mapAppProvisioning(
  { features, connection, imports }: ProvisioningAnswers,
  application: string,
  drift: Drift,
): SourceRecord<'app_provisioning'> {
  const way = ObjectReader.of(connection, 'provisioning connection', drift, EXPOSURE_FIELDS.connection);
  const named = features.flatMap((item) => ObjectReader.of(item, 'app feature', drift, EXPOSURE_FIELDS.appFeature) ?? []);
  const feature = (name: string): ObjectReader | undefined => named.find((one) => one.string('name') === name);
  const outbound = feature('USER_PROVISIONING');
  const inbound = feature('INBOUND_PROVISIONING');
  return {
    kind: 'app_provisioning',
    key: application,
    partition: application,
    data: {
      application,
      status: way?.oneOf<AppProvisioning['status']>('status', STATUS, 'unknown') ?? 'unknown',
      providerStatus: way?.string('status') ?? null,
      endpoint: withoutCredentials(way?.filled('baseUrl') ?? null),
      ...written(outbound),
      importsAccounts: inbound === undefined ? (imports ? true : null) : isOn(inbound),
    },
    raw: {
      // An object named `password` says here what becomes of passwords; none is in it. Only its `seed` falls to the rule for seeds.
      features: features.map((item) => redactPolicy(item)),
      connection: redactObject(connection, drift.harmless),
    },
  };
}

type Written = Pick<AppProvisioning, 'createsAccounts' | 'updatesAccounts' | 'deactivatesAccounts' | 'password'>;

function written(feature: ObjectReader | undefined): Written {
  if (feature === undefined || isOn(feature) === false)
    return { createsAccounts: false, updatesAccounts: false, deactivatesAccounts: false, password: 'none' };
  const capabilities = feature.child('capabilities', EXPOSURE_FIELDS.userProvisioning);
  const update = capabilities.child('update');
  const password = update.child('password');
  const isPushed = isOn(password);
  return {
    createsAccounts: isOn(capabilities.child('create').child('lifecycleCreate')),
    updatesAccounts: isOn(update.child('profile')),
    deactivatesAccounts: isOn(update.child('lifecycleDeactivate')),
    password: isPushed === true ? password.oneOf('seed', SEED, 'unknown') : isPushed === false ? 'none' : 'unknown',
  };
}

function isOn(reader: ObjectReader): boolean | null {
  const found = reader.oneOf<'on' | 'off' | 'unknown'>('status', SWITCH, 'unknown');
  return found === 'unknown' ? null : found === 'on';
}

/** Without a name and a password in front of the host, and without a query, which is where tokens stand. */
function withoutCredentials(address: string | null): string | null {
  if (address === null) return null;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  // `robot:password@host` parses, as an address of the scheme `robot`.
  if (url === undefined || url.host === '') return /[@?#]/.test(address) ? null : address;
  if (url.username + url.password + url.search + url.hash === '') return address;
  url.username = '';
  url.password = '';
  url.search = '';
  url.hash = '';
  return url.href;
}
