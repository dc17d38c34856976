import { ALL_CHECKS } from '../src/checks/all-checks.js';
import type { Check } from '../src/check/check.js';

/** Fields that hold an object, by the column of each: what a statement reads in them. */
const FIELDS: Readonly<Record<string, string>> = {
  password: 'policy.password',
  session: 'policy_rule.session',
  requirement: 'policy_rule.requirement',
  inactivity: 'policy_rule.inactivity',
  oauth_client: 'application.oauthClient',
  assertion: 'application.assertion',
  stored_password: 'application.storedPassword',
  trust: 'identity_provider.trust',
};

const AGE = 'only the severity follows from it, or it is shown';
const LIST = 'a list, which is empty and never unsaid';
const NAMED = 'where it is not said the subject is named';
const REACHED = 'only whether a rule is ever reached follows from it, which is a severity';

/** Read without being needed, and why that hides nobody. By value, or by check and value. */
const HARMLESS: Readonly<Record<string, string>> = {
  'policy_rule.session.behaviours': LIST,
  'policy_rule.requirement.registeredDevice': REACHED,
  'policy_rule.requirement.managedDevice': REACHED,
  'policy.password.recovery': LIST,
  'application.oauthClient.grantTypes': LIST,
  'application.oauthClient.redirectUris': LIST,
  'application.oauthClient.wildcardRedirects': NAMED,
  'identity_provider.trust.groups': LIST,
  'identity_provider.trust.linkOnlyGroups': LIST,
  'identity_provider.trust.subjectFilter': 'where there is none every subject is let in',
  'application.storedPassword.shared': AGE,
  'application.storedPassword.revealed': AGE,
  'application.storedPassword.chosenBy': AGE,
  'setting:support_access.until': 'an access of which no end is said has none',
  'password-changed-back-at-once policy.password.history': AGE,
  'password-too-simple policy.password.minLength': AGE,
  'common-password-accepted policy.password.maxAttempts': AGE,
  'passwords-tried-without-lock policy.password.unlockMinutes': AGE,
  'session-outlives-browser policy_rule.session.lifetimeMinutes': AGE,
  'weakly-signed-assertions application.assertion.version':
    'an application that is signed in to in an old form is named, another is judged by its signature',
  'unused-accounts-stay-on policy_rule.inactivity.outcome': NAMED,
  'oauth-client-without-proof-key application.oauthClient.authentication': AGE,
  'oauth-client-without-authentication application.oauthClient.proofKey': AGE,
  'oauth-client-with-unsafe-grants application.oauthClient.type': AGE,
  'oauth-client-with-unsafe-grants application.oauthClient.authentication': AGE,
  'unsafe-redirect-address application.oauthClient.type': NAMED,
  'application-not-used application.oauthClient.type': NAMED,
  'application-keeps-those-who-leave application.oauthClient.type': NAMED,
  'program-with-role application.oauthClient.authentication': AGE,
  'program-without-bound-tokens application.oauthClient.authentication': AGE,
  'program-with-broad-scopes application.oauthClient.type': AGE,
  'smart-card-not-accepted identity_provider.trust.category': NAMED,
  'administrator-linked-to-identity-provider identity_provider.trust.category': AGE,
  'identity-provider-left-behind identity_provider.trust.category': NAMED,
  'identity-provider-makes-accounts identity_provider.trust.category': AGE,
  'identity-provider-matches-weakly identity_provider.trust.category': NAMED,
  'identity-provider-signs-in-administrators identity_provider.trust.category': AGE,
  'identity-provider-signs-in-administrators identity_provider.trust.linkNotAdministrators':
    'one that is not said to leave them out is looked at with the ways to tier zero',
  'identity-provider-restores-accounts identity_provider.trust.category':
    'one that only checks who somebody is signs nobody in',
  'identity-provider-weakly-signed identity_provider.trust.category': 'one that only checks who somebody is signs nobody in',
  'identity-provider-fills-privileged-group identity_provider.trust.category':
    'one that only checks who somebody is signs nobody in',
  'second-factor-of-others-believed identity_provider.trust.category': 'one that is no card is judged',
};

/** Every value that the statements of a check read in a field or a setting. */
function valuesReadBy({ sql, undecided = '' }: Check): ReadonlySet<string> {
  const read = new Set<string>();
  const text = `${sql} ${undecided}`;
  const area = /key = '(\w+)'/.exec(text)?.[1];
  for (const [, column = '', name = ''] of text.matchAll(/\w+\.(\w+) ->>? '(\w+)'/g)) {
    const field = column === 'value' ? `setting:${area}` : FIELDS[column];
    if (field !== undefined) read.add(`${field}.${name}`);
  }
  return read;
}

const reading = ALL_CHECKS.map((check) => ({ check, read: valuesReadBy(check) })).filter(({ read }) => read.size > 0);

test.each(reading.map(({ check, read }) => [check.id, check, read] as const))(
  '%s reads nothing in a field that it does not need, but for what hides nobody',
  (id, check, read) => {
    const isHarmless = (value: string): boolean => HARMLESS[value] !== undefined || HARMLESS[`${id} ${value}`] !== undefined;
    const unsaid = [...read].filter((value) => !check.needs.some((need) => need === value) && !isHarmless(value));
    expect(unsaid).toEqual([]);
  },
);

test('what is called harmless is read', () => {
  const idle = Object.keys(HARMLESS).filter((name) => {
    const [id, value = id] = name.split(' ');
    return !reading.some(({ check, read }) => (id === value || check.id === id) && read.has(value ?? ''));
  });
  expect(idle).toEqual([]);
});

test('a need of a value, and of a named record, is one that the check can leave undecided', () => {
  const values = ALL_CHECKS.flatMap(({ needs, undecided = '' }) =>
    needs.filter((need) => /^(\w+\.\w+\.|setting:\w+\.)| of /.test(need)).map((need) => undecided.includes(`'${need}'`)),
  );
  expect(values.length).toBeGreaterThan(30);
  expect(values).not.toContain(false);
});
