import type { JsonObject, OktaObject } from '../json/json.js';
import { textAt } from '../json/json.js';
import type { Org } from '../org/org.js';
import type { GeneratorPlan } from './plan.js';
import { daysBefore, randomOf } from './plan.js';
import type { Random } from './random.js';

interface FactorKind {
  readonly factorType: string;
  readonly provider: string;
  readonly vendorName: string;
  readonly share: number;
  readonly profile: (user: OktaObject, random: Random) => JsonObject;
}

const login = (user: OktaObject): string => textAt(user, 'profile', 'login') ?? user.id;

const phone = (random: Random): JsonObject => ({ phoneNumber: `+1555${random.between(1_000_000, 9_999_999)}` });

const kind = (
  factorType: string,
  provider: string,
  share: number,
  profile: FactorKind['profile'],
  vendorName = provider,
): FactorKind => ({
  factorType,
  provider,
  vendorName,
  share,
  profile,
});

const KINDS: readonly FactorKind[] = [
  kind('push', 'OKTA', 0.55, (user, random) => ({
    credentialId: login(user),
    deviceType: random.chance(0.6) ? 'SmartPhone_IPhone' : 'SmartPhone_Android',
    name: 'Phone',
    platform: random.chance(0.6) ? 'IOS' : 'ANDROID',
    version: '9.1',
  })),
  kind('token:software:totp', 'OKTA', 0.5, (user) => ({ credentialId: login(user) })),
  kind('signed_nonce', 'OKTA', 0.35, (user) => ({ credentialId: login(user), name: 'Laptop', platform: 'MACOS' })),
  kind('token:software:totp', 'GOOGLE', 0.1, (user) => ({ credentialId: login(user) })),
  kind('webauthn', 'FIDO', 0.15, (_user, random) => ({
    credentialId: `cred-${random.below(1e9)}`,
    authenticatorName: 'Security key',
  })),
  kind('u2f', 'FIDO', 0.01, (_user, random) => ({ credentialId: `u2f-${random.below(1e9)}` })),
  kind('sms', 'OKTA', 0.3, (_user, random) => phone(random)),
  kind('call', 'OKTA', 0.06, (_user, random) => phone(random)),
  kind('email', 'OKTA', 0.25, (user) => ({ email: textAt(user, 'profile', 'email') ?? login(user) })),
  kind('question', 'OKTA', 0.2, () => ({ question: 'disliked_food', questionText: 'Which food do you dislike?' })),
  kind('token:hardware', 'YUBICO', 0.02, (user) => ({ credentialId: login(user) })),
  kind('token:hotp', 'CUSTOM', 0.01, (user) => ({ credentialId: login(user) })),
  kind('token', 'RSA', 0.01, (user) => ({ credentialId: login(user) })),
  kind('web', 'DUO', 0.02, (user) => ({ credentialId: login(user) })),
];

const WITHOUT: ReadonlySet<string> = new Set(['STAGED', 'PROVISIONED', 'DEPROVISIONED']);

/** Every seventh person has no factor at all, administrators included. */
const NONE_SHARE = 0.14;

export function factorsFor(org: Org, plan: GeneratorPlan, user: OktaObject): readonly OktaObject[] {
  if (WITHOUT.has(textAt(user, 'status') ?? '')) return [];
  if (textAt(user, 'profile', 'userType') === 'Service') return [];
  const random = randomOf(plan, 'factors', user.id);
  if (random.chance(NONE_SHARE)) return [];
  const factors: OktaObject[] = [];
  for (const [index, one] of KINDS.entries()) {
    if (!random.chance(one.share)) continue;
    // The user's id and the kind make the factor's id: unique without a counter.
    const id = `fct${user.id.slice(3, -1)}${index.toString(36)}`;
    const age = random.below(900);
    factors.push({
      id,
      factorType: one.factorType,
      provider: one.provider,
      vendorName: one.vendorName,
      status: random.chance(0.04) ? 'PENDING_ACTIVATION' : 'ACTIVE',
      created: daysBefore(plan, age),
      lastUpdated: daysBefore(plan, random.below(age + 1)),
      profile: one.profile(user, random),
      _links: org.links.factor(user.id, id),
    });
  }
  return factors;
}
