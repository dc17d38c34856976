import type { PostureArea } from '@castellan/api';
import type { Check } from '../check/check.js';

/** What people of the field also call what a check is about. */
const BY_AREA: Readonly<Record<PostureArea, readonly string[]>> = {
  administrators: ['admin', 'privileged access', 'PAM'],
  accounts: ['users', 'identities'],
  groups: ['entitlements'],
  applications: ['apps', 'SaaS'],
  identity_providers: ['IdP', 'federation', 'inbound'],
  programs: ['service', 'machine identities', 'non-human identities', 'NHI'],
  organisation: ['tenant', 'org', 'settings'],
};

/** Wherever a title or an id has the one, it is found by the other, too. */
const BY_WORDS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/second factor|factors?\b|authenticator/i, ['MFA', '2FA', 'multi-factor']],
  [/phish/i, ['FIDO2', 'WebAuthn', 'passkey', 'security key']],
  [/not used|nobody uses|never used|unused/i, ['dormant', 'inactive', 'stale', 'idle']],
  [/keeps?-(access|those)|gone|switched off|switched-off/i, ['offboarding', 'leaver', 'deprovisioned', 'orphaned']],
  [/account-of-nobody|without an owner/i, ['orphaned', 'ownerless']],
  [/assertion|signs? in|signed in|sign-in|sign out|session/i, ['SSO', 'single sign-on', 'login']],
  [/assertion|weakly.signed/i, ['SAML']],
  [/oauth|redirect|proof|client|scope|consent/i, ['OAuth', 'OIDC', 'PKCE']],
  [/secret|key|certificate|token/i, ['credential', 'rotation', 'API key']],
  [/written|provision|push|restores-accounts|makes-accounts/i, ['SCIM', 'provisioning', 'JIT']],
  [/tier zero|tier-zero/i, ['attack path', 'escalation', 'domain admin']],
  [/role/i, ['RBAC', 'least privilege', 'entitlement']],
  [/without end|for a time|role-without-end/i, ['JIT', 'standing privilege']],
  [/network|zone|anonymi|address/i, ['IP', 'VPN', 'Tor', 'geo']],
  [/log\b|log-/i, ['SIEM', 'audit', 'monitoring']],
  [/service-account|service account/i, ['svc', 'bot', 'machine']],
  [/password/i, ['credential', 'brute force', 'spraying']],
  [/smart.card/i, ['PIV', 'CAC', 'X.509']],
  [/foreign|third|another.organisation/i, ['external', 'guest', 'B2B', 'vendor']],
  [/recover/i, ['self-service', 'help desk', 'reset']],
];

/** Words that a search finds it by, and that stand neither in its title nor in its reason. */
export function keywordsOf({ id, title, area }: Pick<Check, 'id' | 'title' | 'area'>): readonly string[] {
  const text = `${id} ${id.replaceAll('-', ' ')} ${title}`;
  const found = BY_WORDS.flatMap(([words, others]) => (words.test(text) ? others : []));
  return [...new Set([...BY_AREA[area], ...found])];
}
