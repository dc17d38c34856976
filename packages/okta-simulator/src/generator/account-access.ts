import type { JsonObject, OktaObject } from '../json/json.js';
import { textAt } from '../json/json.js';
import type { Org } from '../org/org.js';
import type { GeneratorPlan } from './plan.js';
import { DAY, daysBefore, randomOf } from './plan.js';

interface Platform {
  readonly platform: string;
  readonly manufacturer: string;
  readonly model: string;
  readonly osVersion: string;
}

const PLATFORMS: readonly Platform[] = [
  { platform: 'WINDOWS', manufacturer: 'Fennel', model: 'Desk 7', osVersion: '10.0.22631' },
  { platform: 'MACOS', manufacturer: 'APPLE', model: 'Mac15,9', osVersion: '15.6.1' },
  { platform: 'IOS', manufacturer: 'APPLE', model: 'iPhone17,1', osVersion: '18.5' },
  { platform: 'ANDROID', manufacturer: 'Fennel', model: 'Pocket 3', osVersion: '15' },
];

const WITHOUT: ReadonlySet<string> = new Set(['STAGED', 'PROVISIONED', 'DEPROVISIONED']);
const SCOPES = [
  ['openid', 'offline_access'],
  ['openid', 'profile', 'offline_access', 'okta.users.read'],
] as const;

const isPresent = (user: OktaObject): boolean => !WITHOUT.has(textAt(user, 'status') ?? '');

/** What people have enrolled, each device inside of what ties it to the account. */
export function devicesFor(org: Org, plan: GeneratorPlan, user: OktaObject): readonly JsonObject[] {
  if (!isPresent(user)) return [];
  const random = randomOf(plan, 'devices', user.id);
  const devices: JsonObject[] = [];
  for (const [index, kind] of PLATFORMS.entries()) {
    if (!random.chance(0.3)) continue;
    // The user's id and the platform make the id: unique without a counter.
    const id = `guo${user.id.slice(3, -1)}${index}`;
    const created = daysBefore(plan, 10 + random.below(900));
    const displayName = `${textAt(user, 'profile', 'firstName') ?? 'Somebody'}'s ${kind.model}`;
    const profile = {
      displayName,
      ...kind,
      serialNumber: `SN${random.below(1_000_000_000)}`,
      registered: true,
      ...(random.chance(0.6) && { managed: random.chance(0.5) }),
      secureHardwarePresent: random.chance(0.8),
      diskEncryptionType: 'FULL',
    };
    const status = random.weighted([
      ['ACTIVE', 85],
      ['SUSPENDED', 8],
      ['DEACTIVATED', 7],
    ] as const);
    const names = { resourceType: 'UDDevice', resourceId: id, resourceDisplayName: { value: displayName, sensitive: false } };
    const self = { href: `${org.links.base}/api/v1/devices/${id}`, hints: { allow: ['GET', 'PUT'] } };
    const device = {
      id,
      status,
      created,
      lastUpdated: created,
      profile,
      ...names,
      resourceAlternateId: null,
      _links: { self },
    };
    devices.push({ created, deviceUserId: `lnk${user.id.slice(3, -1)}${index}`, device });
  }
  return devices;
}

/** Ids of clients that ask people for consent and get tokens for them. Taken once: who has which token must not move when an app goes. */
export function tokenClients(org: Org): readonly string[] {
  return [...org.applications.apps.values()]
    .filter((app) => ['web', 'native'].includes(textAt(app, 'settings', 'oauthClient', 'application_type') ?? ''))
    .slice(0, 3)
    .map(({ id }) => id);
}

export function refreshTokensFor(
  org: Org,
  plan: GeneratorPlan,
  clients: readonly string[],
  user: OktaObject,
): readonly OktaObject[] {
  if (!isPresent(user)) return [];
  const random = randomOf(plan, 'refresh-tokens', user.id);
  return clients.flatMap((clientId, index): readonly OktaObject[] => {
    if (!random.chance(0.25)) return [];
    const id = `oar${user.id.slice(3, -1)}${index}`;
    const age = random.below(400);
    const token = {
      id,
      status: 'ACTIVE',
      created: daysBefore(plan, age),
      lastUpdated: daysBefore(plan, random.below(age + 1)),
      expiresAt: new Date(plan.epoch + (5 + random.below(80)) * DAY).toISOString(),
      issuer: org.links.base,
      clientId,
      userId: user.id,
      scopes: [...(SCOPES[index % SCOPES.length] ?? [])],
      _links: {
        app: { href: `${org.links.base}/api/v1/apps/${clientId}` },
        user: { href: `${org.links.base}/api/v1/users/${user.id}` },
      },
    };
    return [token];
  });
}

export function consentsFor(
  org: Org,
  plan: GeneratorPlan,
  clients: readonly string[],
  user: OktaObject,
): readonly OktaObject[] {
  if (!isPresent(user)) return [];
  const random = randomOf(plan, 'consents', user.id);
  const [clientId] = clients;
  if (clientId === undefined || !random.chance(0.15)) return [];
  return ['profile', 'okta.users.read.self'].map((scopeId, index) => {
    const created = daysBefore(plan, 20 + random.below(300));
    return {
      id: `oag${user.id.slice(3, -1)}${index}`,
      status: random.chance(0.1) ? 'REVOKED' : 'ACTIVE',
      created,
      createdBy: { id: user.id, type: 'User' },
      lastUpdated: created,
      issuer: org.links.base,
      clientId,
      userId: user.id,
      scopeId,
      source: 'END_USER',
      _links: { app: { href: `${org.links.base}/api/v1/apps/${clientId}` } },
    };
  });
}
