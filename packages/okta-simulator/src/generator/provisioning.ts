import type { JsonObject, OktaObject } from '../json/json.js';
import { textAt } from '../json/json.js';
import type { Org } from '../org/org.js';
import { connectionsOf, featuresOf } from '../org/setting-lists.js';
import { groupId } from './groups.js';
import { makeId } from './ids.js';
import type { GeneratorPlan } from './plan.js';
import { daysBefore } from './plan.js';

/** What becomes of passwords, and where to, by the app's place among those that are provisioned. */
const KINDS: readonly { readonly password: JsonObject; readonly baseUrl?: string; readonly status: string }[] = [
  {
    password: { status: 'ENABLED', seed: 'OKTA', change: 'CHANGE' },
    baseUrl: 'https://ledgerline.example.com/accounts/v2',
    status: 'ENABLED',
  },
  {
    password: { status: 'ENABLED', seed: 'RANDOM', change: 'KEEP_EXISTING' },
    baseUrl: 'http://accounts.intranet.example.com/v2',
    status: 'ENABLED',
  },
  { password: { status: 'DISABLED', seed: 'RANDOM', change: 'KEEP_EXISTING' }, status: 'ENABLED' },
  {
    password: { status: 'DISABLED', seed: 'RANDOM', change: 'KEEP_EXISTING' },
    baseUrl: 'https://forge.example.com/accounts',
    status: 'DISABLED',
  },
];

const PUSHED = ['ACTIVE', 'ERROR', 'INACTIVE'] as const;

const hasFeature = (app: OktaObject, name: string): boolean => {
  const features = app['features'];
  return Array.isArray(features) && features.includes(name);
};

/** What apps are written to. A directory has features as well, but no provisioning that the API would show. */
export function generateProvisioning(org: Org, plan: GeneratorPlan): void {
  const apps = [...org.applications.apps.values()].filter((app) => textAt(app, 'name') !== 'active_directory');
  const provisioned = apps.filter(({ features }) => Array.isArray(features) && features.length > 0);
  for (const [place, app] of provisioned.entries()) {
    addFeatures(org, app, place);
    addConnection(org, app, place);
  }
  for (const [place, app] of apps.filter((one) => hasFeature(one, 'GROUP_PUSH')).entries()) addPushes(org, plan, app, place);
}

const status = (on: boolean): JsonObject => ({ status: on ? 'ENABLED' : 'DISABLED' });

function addFeatures(org: Org, app: OktaObject, place: number): void {
  const add = (name: string, description: string, capabilities: JsonObject): void => {
    const self = { href: `${org.links.base}/api/v1/apps/${app.id}/features/${name}`, hints: { allow: ['GET', 'PUT'] } };
    org.list(featuresOf(app.id)).set(name, { name, status: 'ENABLED', description, capabilities, _links: { self } });
  };
  const password = KINDS[place % KINDS.length]?.password ?? {};
  add('USER_PROVISIONING', 'Settings for provisioning users from Okta to the app', {
    create: { lifecycleCreate: status(hasFeature(app, 'PUSH_NEW_USERS')) },
    update: {
      profile: status(hasFeature(app, 'PUSH_PROFILE_UPDATES')),
      lifecycleDeactivate: status(hasFeature(app, 'PUSH_USER_DEACTIVATION')),
      password,
    },
  });
  if (!hasFeature(app, 'IMPORT_NEW_USERS')) return;
  add('INBOUND_PROVISIONING', 'Settings for importing users from the app', {
    importRules: { userCreateAndMatch: { exactMatchCriteria: 'EMAIL', autoConfirmExactMatch: false } },
    importSettings: { username: { usernameFormat: 'EMAIL' }, schedule: { status: 'DISABLED' } },
  });
}

function addConnection(org: Org, app: OktaObject, place: number): void {
  const kind = KINDS[place % KINDS.length];
  if (kind === undefined) return;
  const self = `${org.links.base}/api/v1/apps/${app.id}/connections/default`;
  const authScheme = kind.baseUrl === undefined ? 'OAUTH2' : 'TOKEN';
  org.list(connectionsOf(app.id)).set('default', {
    ...(kind.baseUrl !== undefined && { authScheme, baseUrl: kind.baseUrl }),
    status: kind.status,
    profile: { authScheme },
    _links: { self: { href: self, hints: { allow: ['GET', 'POST'] } } },
  });
}

/** The last groups are pushed: projects, of which some are looked after by people who are no administrators. */
function addPushes(org: Org, plan: GeneratorPlan, app: OktaObject, place: number): void {
  const count = Math.min(1 + (place % 3), plan.groups - 1);
  for (let index = 0; index < count; index += 1) {
    const source = groupId(plan, plan.groups - 1 - ((place * 3 + index) % (plan.groups - 1)));
    const id = makeId('gPm', plan.seed, place * 10 + index);
    const created = daysBefore(plan, 300 - index * 20);
    const state = PUSHED[(place + index) % PUSHED.length] ?? 'ACTIVE';
    org.applications.pushes(app.id).set(id, org.pushMapping(app.id, id, source, { created, status: state }));
  }
}
