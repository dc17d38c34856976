import type { JsonObject } from '../json/json.js';
import { textAt } from '../json/json.js';
import type { Org } from '../org/org.js';
import { groupId } from './groups.js';
import { makeId } from './ids.js';
import { userId } from './people.js';
import type { GeneratorPlan } from './plan.js';
import { DAY, daysBefore, randomOf } from './plan.js';

const keyId = (plan: GeneratorPlan, index: number): string => `idp-key-${makeId('kid', plan.seed, index).slice(3)}`;

const endpoint = (url: string, binding: string): JsonObject => ({ url, binding });

const samlProtocol = (kid: string, algorithm = 'SHA-256', scope = 'RESPONSE'): JsonObject => ({
  type: 'SAML2',
  endpoints: {
    sso: { url: 'https://idp.partner.example/sso', binding: 'HTTP-POST', destination: 'https://idp.partner.example/sso' },
    acs: { binding: 'HTTP-POST', type: 'INSTANCE' },
  },
  algorithms: {
    request: { signature: { algorithm: 'SHA-256', scope: 'REQUEST' } },
    response: { signature: { algorithm, scope } },
  },
  settings: { nameFormat: 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified', honorPersistentNameId: true },
  credentials: {
    trust: { issuer: 'https://idp.partner.example', audience: 'https://larkmill.example/saml', kid },
    signing: { kid },
  },
});

/** With the secret in clear text: Okta sends it, and a client that does not remove it has stored it. */
const oidcProtocol = (host: string, type: 'OIDC' | 'OAUTH2'): JsonObject => ({
  type,
  endpoints: {
    authorization: endpoint(`https://${host}/authorize`, 'HTTP-REDIRECT'),
    token: endpoint(`https://${host}/token`, 'HTTP-POST'),
    ...(type === 'OIDC'
      ? {
          userInfo: endpoint(`https://${host}/userinfo`, 'HTTP-REDIRECT'),
          jwks: endpoint(`https://${host}/keys`, 'HTTP-REDIRECT'),
        }
      : {}),
  },
  scopes: ['openid', 'profile', 'email'],
  ...(type === 'OIDC' ? { issuer: { url: `https://${host}` } } : {}),
  credentials: { client: { client_id: `client-of-${host}`, client_secret: `simulated-secret-of-${host}` } },
});

/** Certificates of smart cards. */
const smartCardProtocol = (kid: string): JsonObject => ({
  type: 'MTLS',
  endpoints: { sso: { url: 'https://cards.larkmill.example/sso' } },
  credentials: { trust: { issuer: 'CN=Larkmill Cards, O=Larkmill', kid, revocation: 'CRL', revocationCacheLifetime: 2880 } },
});

interface IdpBlueprint {
  readonly name: string;
  readonly type: string;
  readonly protocol: (plan: GeneratorPlan) => JsonObject;
  readonly status?: string;
  readonly link?: 'AUTO' | 'DISABLED';
  readonly provisioning?: 'AUTO' | 'DISABLED';
  /** Takes the place of what is usual; `groups`: those that it is about. */
  readonly policy?: (groups: readonly string[]) => Partial<Record<'accountLink' | 'subject' | 'provisioning', JsonObject>>;
  readonly trustClaims?: boolean;
}

const SUBJECT = { userNameTemplate: { template: 'idpuser.email' }, filter: null, matchType: 'USERNAME', matchAttribute: null };

/** One that is careful, one that lets everybody in and back again, and the usual ones. */
const BLUEPRINTS: readonly IdpBlueprint[] = [
  {
    name: 'Partner federation',
    type: 'SAML2',
    protocol: (plan) => samlProtocol(keyId(plan, 0)),
    trustClaims: true,
    policy: (groups) => ({
      accountLink: { filter: { groups: { include: groups }, users: { excludeAdmins: true } } },
      subject: { ...SUBJECT, filter: '(\\S+@partner\\.example)', matchType: 'EMAIL' },
      provisioning: { groups: { action: 'SYNC', sourceAttributeName: 'groups', filter: groups } },
    }),
  },
  {
    name: 'Supplier login',
    type: 'OIDC',
    protocol: () => oidcProtocol('login.supplier.example', 'OIDC'),
    policy: (groups) => ({
      provisioning: {
        groups: { action: 'ASSIGN', assignments: groups },
        conditions: { deprovisioned: { action: 'REACTIVATE' }, suspended: { action: 'UNSUSPEND' } },
      },
    }),
  },
  { name: 'Google', type: 'GOOGLE', protocol: () => oidcProtocol('social.google.example', 'OIDC'), link: 'DISABLED' },
  { name: 'Code host', type: 'GITHUB', protocol: () => oidcProtocol('social.code.example', 'OAUTH2') },
  {
    name: 'Former parent company',
    type: 'SAML2',
    protocol: (plan) => samlProtocol(keyId(plan, 1), 'SHA-1', 'ANY'),
    status: 'INACTIVE',
    policy: () => ({ subject: { ...SUBJECT, matchType: 'CUSTOM_ATTRIBUTE', matchAttribute: 'employeeNumber' } }),
  },
  {
    name: 'Smart cards',
    type: 'X509',
    protocol: (plan) => smartCardProtocol(keyId(plan, 2)),
    link: 'DISABLED',
    provisioning: 'DISABLED',
  },
];

export function generateIdentityProviders(org: Org, plan: GeneratorPlan): void {
  generateKeys(org, plan);
  for (const [index, blueprint] of BLUEPRINTS.entries()) {
    const id = makeId('0oa', plan.seed, 300_000_000 + index);
    org.identityProviders.idps.set(id, {
      id,
      type: blueprint.type,
      name: blueprint.name,
      status: blueprint.status ?? 'ACTIVE',
      issuerMode: 'DYNAMIC',
      created: daysBefore(plan, 900 - index * 100),
      lastUpdated: daysBefore(plan, 30 + index),
      protocol: blueprint.protocol(plan),
      policy: policyOf(plan, blueprint),
      _links: org.links.idp(id),
    });
    linkUsers(org, plan, id, index);
  }
}

function policyOf(plan: GeneratorPlan, blueprint: IdpBlueprint): JsonObject {
  const groups = plan.groups > 1 ? [groupId(plan, 1)] : [];
  const own = blueprint.policy?.(groups) ?? {};
  return {
    provisioning: {
      action: blueprint.provisioning ?? 'AUTO',
      profileMaster: blueprint.type === 'SAML2',
      groups: { action: 'NONE' },
      conditions: { deprovisioned: { action: 'NONE' }, suspended: { action: 'NONE' } },
      ...own.provisioning,
    },
    accountLink: { filter: null, action: blueprint.link ?? 'AUTO', ...own.accountLink },
    subject: own.subject ?? SUBJECT,
    maxClockSkew: 120_000,
    trustClaims: blueprint.trustClaims ?? false,
  };
}

/** One certificate is about to expire and one has: the things to find. */
function generateKeys(org: Org, plan: GeneratorPlan): void {
  for (const [index, daysLeft] of [20, -15, 700].entries()) {
    const kid = keyId(plan, index);
    org.identityProviders.keys.set(kid, {
      kid,
      kty: 'RSA',
      use: 'sig',
      created: daysBefore(plan, 700),
      lastUpdated: daysBefore(plan, 700),
      expiresAt: new Date(plan.epoch + daysLeft * DAY).toISOString(),
      e: 'AQAB',
      n: 'c2ltdWxhdGVk',
      x5c: ['c2ltdWxhdGVk'],
      'x5t#S256': kid,
    });
  }
}

function linkUsers(org: Org, plan: GeneratorPlan, idpId: string, idpIndex: number): void {
  const random = randomOf(plan, 'idp', idpIndex);
  const count = Math.min(5000, Math.ceil(plan.users * 0.04));
  for (let index = 0; index < count; index += 1) {
    const id = userId(plan, random.below(plan.users));
    const user = org.directory.users.get(id);
    if (!user) continue;
    const created = daysBefore(plan, random.below(500));
    const profile = {
      email: textAt(user, 'profile', 'email') ?? null,
      firstName: textAt(user, 'profile', 'firstName') ?? null,
    };
    const link = {
      id,
      externalId: `ext|${random.below(1e9)}`,
      created,
      lastUpdated: created,
      profile,
      _links: org.links.idpUser(idpId, id),
    };
    org.identityProviders.users(idpId).set(id, link);
  }
}
