import { keywordsOf } from '../../src/answers/keywords.js';
import { ALL_CHECKS } from '../../src/checks/all-checks.js';

/** What somebody types, and a check that he looks for. */
test.each([
  ['MFA', 'administrator-without-second-factor'],
  ['dormant', 'account-not-used'],
  ['dormant', 'administrator-not-used'],
  ['SSO', 'application-signs-in-by-password'],
  ['SAML', 'weakly-signed-assertions'],
  ['IdP', 'social-identity-provider'],
  ['PKCE', 'oauth-client-without-proof-key'],
  ['offboarding', 'switched-off-account-keeps-access'],
  ['SIEM', 'log-not-sent-elsewhere'],
  ['NHI', 'api-token-too-old'],
])('%s finds %s', (word, id) => {
  const check = ALL_CHECKS.find((candidate) => candidate.id === id);
  expect(check === undefined ? [] : keywordsOf(check)).toContain(word);
});

test('no word is of every check', () => {
  for (const word of new Set(ALL_CHECKS.flatMap(keywordsOf))) {
    const many = ALL_CHECKS.filter((check) => keywordsOf(check).includes(word)).length;
    expect([word, many < ALL_CHECKS.length / 2]).toEqual([word, true]);
  }
});
