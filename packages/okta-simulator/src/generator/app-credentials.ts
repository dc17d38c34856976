import type { JsonObject, OktaObject } from '../json/json.js';
import { textAt } from '../json/json.js';
import type { Org } from '../org/org.js';
import { jwksOf, secretsOf, signingKeysOf } from '../org/setting-lists.js';
import { FEDERATED } from './applications.js';
import { makeId } from './ids.js';
import type { GeneratorPlan } from './plan.js';
import { DAY, daysBefore, randomOf } from './plan.js';

/** Age in days and state of each secret of an app, by the app's place among its like: two at once, an old one, a changed one. */
const SECRETS: readonly (readonly (readonly [age: number, status: string])[])[] = [
  [
    [640, 'ACTIVE'],
    [25, 'ACTIVE'],
  ],
  [[910, 'ACTIVE']],
  [
    [420, 'INACTIVE'],
    [60, 'ACTIVE'],
  ],
];
/** Days for which the certificate of an app is still good, by the app's place. */
const DAYS_LEFT = [2_900, 21, -40, 400] as const;

/** What apps prove themselves by, and what is signed with for them. Each with sound entries and one to find fault with. */
export function generateAppCredentials(org: Org, plan: GeneratorPlan): void {
  const apps = [...org.applications.apps.values()];
  const method = (app: OktaObject): string | undefined =>
    textAt(app, 'credentials', 'oauthClient', 'token_endpoint_auth_method');
  for (const [place, app] of apps.filter((one) => method(one) === 'client_secret_basic').entries())
    addSecrets(org, plan, app, place);
  for (const [place, app] of apps.filter((one) => method(one) === 'private_key_jwt').entries()) addKeys(org, plan, app, place);
  for (const [place, app] of apps.filter((one) => FEDERATED.has(textAt(one, 'signOnMode'))).entries())
    addCertificates(org, plan, app, place);
}

const switchLinks = (self: string, status: string): JsonObject => {
  const on = status === 'ACTIVE';
  const verb = on ? 'deactivate' : 'activate';
  const change = { [verb]: { href: `${self}/lifecycle/${verb}`, hints: { allow: ['POST'] } } };
  return on ? change : { ...change, delete: { href: self, hints: { allow: ['DELETE'] } } };
};

function addSecrets(org: Org, plan: GeneratorPlan, app: OktaObject, place: number): void {
  for (const [index, [age, status]] of (SECRETS[place % SECRETS.length] ?? []).entries()) {
    const id = makeId('ocs', plan.seed, place * 10 + index);
    const created = daysBefore(plan, age);
    const _links = switchLinks(`${org.links.base}/api/v1/apps/${app.id}/credentials/secrets/${id}`, status);
    const random = randomOf(plan, 'client-secret', id);
    const text = (): string =>
      random
        .below(2 ** 32)
        .toString(36)
        .padStart(7, '0');
    const secret = { client_secret: `simulated-${text()}${text()}${text()}`, secret_hash: `hash-${text()}` };
    org.list(secretsOf(app.id)).set(id, { id, status, ...secret, created, lastUpdated: created, _links });
  }
}

function addKeys(org: Org, plan: GeneratorPlan, app: OktaObject, place: number): void {
  const states = place % 2 === 0 ? ['ACTIVE'] : ['INACTIVE', 'ACTIVE'];
  for (const [index, status] of states.entries()) {
    const id = makeId('pks', plan.seed, place * 10 + index);
    const created = daysBefore(plan, 500 - index * 400);
    const _links = switchLinks(`${org.links.base}/api/v1/apps/${app.id}/credentials/jwks/${id}`, status);
    const key = { kty: 'RSA', use: 'sig', kid: `key-${id}`, e: 'AQAB', n: `modulus-of-${id}` };
    org.list(jwksOf(app.id)).set(id, { id, status, ...key, created, lastUpdated: created, _links });
  }
}

function addCertificates(org: Org, plan: GeneratorPlan, app: OktaObject, place: number): void {
  const kid = textAt(app, 'credentials', 'signing', 'kid') ?? `kid-${app.id}`;
  const left = DAYS_LEFT[place % DAYS_LEFT.length] ?? 0;
  const certificates: readonly (readonly [string, number])[] = [
    [kid, left],
    ...(place % 3 === 1 ? [[`old-${app.id}`, -300] as const] : []),
  ];
  for (const [one, daysLeft] of certificates) {
    const created = daysBefore(plan, 3_650 - daysLeft);
    const expiresAt = new Date(plan.epoch + daysLeft * DAY).toISOString();
    const key = { kty: 'RSA', use: 'sig', e: 'AQAB', n: `modulus-of-${one}`, x5c: [`certificate-of-${one}`] };
    org.list(signingKeysOf(app.id)).set(one, { kid: one, ...key, created, lastUpdated: created, expiresAt });
  }
}
