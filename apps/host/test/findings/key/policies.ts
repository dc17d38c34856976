import type { JsonObject, Org } from '@castellan/okta-simulator';
import { appsOf, at, idOf, type Keys, listed, number, organisation, text, texts } from './state.js';

interface Rule {
  readonly policy: JsonObject;
  readonly rule: JsonObject;
}

const isOn = (object: JsonObject): boolean => object['status'] === 'ACTIVE';

const policiesOf = (org: Org, type: string): readonly JsonObject[] =>
  listed(org, 'policies').filter((policy) => isOn(policy) && policy['type'] === type);
const rulesOf = (org: Org, policy: JsonObject): readonly JsonObject[] =>
  listed(org, `policy-rules/${idOf(policy)}`).filter(isOn);
const allRules = (org: Org, type: string): readonly Rule[] =>
  policiesOf(org, type).flatMap((policy) => rulesOf(org, policy).map((rule) => ({ policy, rule })));

const passwordPolicies = (isWeak: (asks: JsonObject) => boolean) => (org: Org) =>
  policiesOf(org, 'PASSWORD')
    .filter((policy) => isWeak(objectOf(at(policy, 'settings', 'password'))))
    .map(idOf);

const objectOf = (value: unknown): JsonObject =>
  // Of the simulator's own policies.
  (typeof value === 'object' && value !== null ? value : {}) as JsonObject;

const session = (rule: JsonObject, name: string) => at(rule, 'actions', 'signon', 'session', name);
const sessionRules = (isWeak: (rule: JsonObject) => boolean) => (org: Org) =>
  allRules(org, 'OKTA_SIGN_ON')
    .filter(({ rule }) => text(rule, 'actions', 'signon', 'access') === 'ALLOW' && isWeak(rule))
    .map(({ rule }) => idOf(rule));
const isOver = (limit: number, rule: JsonObject, name: string): boolean =>
  Number(session(rule, name)) > limit || session(rule, name) === 0;

/** Whether a rule is for, or not for, a network that is on. */
const looksAtNetwork =
  (org: Org) =>
  (rule: JsonObject): boolean => {
    const network = at(rule, 'conditions', 'network');
    const zones = [...texts(network, 'include'), ...texts(network, 'exclude')];
    return text(network, 'connection') === 'ZONE' && zones.some((zone) => org.list('zones').get(zone)?.['status'] === 'ACTIVE');
  };

const method = (rule: JsonObject) => at(rule, 'actions', 'appSignOn', 'verificationMethod');
const lets = (rule: JsonObject): boolean => text(rule, 'actions', 'appSignOn', 'access') === 'ALLOW';

/** Steps of each chain of methods; of one that has several ways on, each. */
function chainsOf(rule: JsonObject): readonly (readonly string[])[] {
  const chains = at(method(rule), 'chains');
  const walk = (chain: JsonObject): readonly (readonly string[])[] => {
    const step = JSON.stringify(at(chain, 'authenticationMethods') ?? []);
    const next = at(chain, 'next');
    if (!Array.isArray(next) || next.length === 0) return [[step]];
    return next.flatMap((one) => walk(objectOf(one)).map((rest) => [step, ...rest]));
  };
  return Array.isArray(chains) ? chains.flatMap((chain) => walk(objectOf(chain))) : [];
}

const isOneFactor = (rule: JsonObject): boolean =>
  text(method(rule), 'type') === 'AUTH_METHOD_CHAIN'
    ? chainsOf(rule).some((chain) => chain.length < 2)
    : text(method(rule), 'factorMode') === '1FA';

/** Whether each way in has a proof that a false page cannot pass on. */
function resistsPhishing(rule: JsonObject): boolean {
  if (text(method(rule), 'type') === 'AUTH_METHOD_CHAIN')
    return chainsOf(rule).every((chain) => chain.some((step) => /"(webauthn|signed_nonce|u2f)"/.test(step)));
  const constraints = at(method(rule), 'constraints');
  if (!Array.isArray(constraints) || constraints.length === 0) return false;
  return constraints.every((one) => text(one, 'possession', 'phishingResistant') === 'REQUIRED');
}

/** Rules of the policy of an application of Okta's own. */
const rulesOfApp = (name: string, isWeak: (rule: JsonObject) => boolean) => (org: Org) => {
  const policies = new Set(appsOfPolicy(org).flatMap(([policy, app]) => (app === name ? [policy] : [])));
  return allRules(org, 'ACCESS_POLICY')
    .filter(({ policy, rule }) => policies.has(idOf(policy)) && lets(rule) && isWeak(rule))
    .map(({ rule }) => idOf(rule));
};

const appsOfPolicy = (org: Org): readonly (readonly [policy: string, app: string])[] =>
  appsOf(org).map((app) => [text(app, '_links', 'accessPolicy', 'href').split('/').at(-1) ?? '', text(app, 'name')]);

const asked = (asks: JsonObject, ...path: readonly string[]): number => number(asks, ...path);

export const POLICIES: Keys = {
  'common-password-accepted': passwordPolicies((asks) => at(asks, 'complexity', 'dictionary', 'common', 'exclude') === false),
  'password-changed-back-at-once': passwordPolicies((asks) => asked(asks, 'age', 'minAgeMinutes') < 1_440),
  'password-kept-too-long': passwordPolicies(
    (asks) => asked(asks, 'age', 'maxAgeDays') > 60 || asked(asks, 'age', 'maxAgeDays') === 0,
  ),
  'password-too-short': passwordPolicies((asks) => asked(asks, 'complexity', 'minLength') < 15),
  'password-too-simple': passwordPolicies((asks) =>
    ['minLowerCase', 'minUpperCase', 'minNumber', 'minSymbol'].some((kind) => asked(asks, 'complexity', kind) === 0),
  ),
  'password-used-again': passwordPolicies((asks) => asked(asks, 'age', 'historyCount') < 5),
  'passwords-tried-without-lock': passwordPolicies(
    (asks) => asked(asks, 'lockout', 'maxAttempts') > 3 || asked(asks, 'lockout', 'maxAttempts') === 0,
  ),
  'session-idle-too-long': sessionRules((rule) => isOver(15, rule, 'maxSessionIdleMinutes')),
  'session-lasts-too-long': sessionRules((rule) => isOver(1_080, rule, 'maxSessionLifetimeMinutes')),
  'session-outlives-browser': sessionRules((rule) => session(rule, 'usePersistentCookie') === true),
  'unusual-sign-in-not-always-asked': sessionRules(
    (rule) =>
      at(rule, 'actions', 'signon', 'requireFactor') === true &&
      texts(rule, 'conditions', 'risk', 'behaviors').length > 0 &&
      text(rule, 'actions', 'signon', 'factorPromptMode') !== 'ALWAYS',
  ),
  'session-policy-without-network': (org) =>
    policiesOf(org, 'OKTA_SIGN_ON')
      .filter((policy) => !rulesOf(org, policy).some(looksAtNetwork(org)))
      .map(idOf),
  'application-policy-without-network': (org) => {
    const used = new Set(appsOfPolicy(org).map(([policy]) => policy));
    return policiesOf(org, 'ACCESS_POLICY')
      .filter((policy) => used.has(idOf(policy)) && !rulesOf(org, policy).some(looksAtNetwork(org)))
      .map(idOf);
  },
  'application-rule-without-second-factor': (org) =>
    allRules(org, 'ACCESS_POLICY')
      .filter(({ rule }) => lets(rule) && isOneFactor(rule))
      .map(({ rule }) => idOf(rule)),
  'console-without-phishing-resistance': rulesOfApp('saasure', (rule) => !resistsPhishing(rule)),
  'console-without-second-factor': rulesOfApp('saasure', isOneFactor),
  'dashboard-without-phishing-resistance': rulesOfApp('okta_enduser', (rule) => !resistsPhishing(rule)),
  'dashboard-without-second-factor': rulesOfApp('okta_enduser', isOneFactor),
  'enrolment-without-phishing-resistance': (org) =>
    policiesOf(org, 'ACCESS_POLICY')
      .filter((policy) => text(policy, 'name') === 'Okta Account Management Policy')
      .filter((policy) => !rulesOf(org, policy).some(resistsPhishing))
      .map(idOf),
  'second-factor-never-enrolled': (org) =>
    allRules(org, 'MFA_ENROLL')
      .filter(({ rule }) => text(rule, 'actions', 'enroll', 'self') === 'NEVER')
      .map(({ rule }) => idOf(rule)),
  // An automation counts by the days of its policy and the state that its rule leads to.
  'unused-accounts-stay-on': (org) => {
    const ends = allRules(org, 'USER_LIFECYCLE').some(({ policy, rule }) => {
      const inactivity = at(policy, 'conditions', 'people', 'users', 'inactivity');
      const then = text(rule, 'actions', 'updateUserLifecycle', 'targetStatus');
      return (
        number(inactivity, 'number') <= 35 &&
        text(inactivity, 'unit') === 'DAYS' &&
        ['SUSPENDED', 'DEPROVISIONED', 'DELETED'].includes(then)
      );
    });
    return organisation(!ends);
  },
};
