import { defineCheck } from '../../check/check.js';
import { undecided } from '../../check/unsaid.js';
import { isActiveProvider, isCategory, makesAccounts, signsIn } from '../../sql/identity-providers.js';

export const identityProviderMakesAccounts = defineCheck({
  id: 'identity-provider-makes-accounts',
  title: 'A sign-in at another system makes a new account',
  area: 'identity_providers',
  severity: 'high',
  context: [
    { to: 'critical', when: 'isOpenToAll', because: 'anybody can have an account there, and no filter holds them back' },
    { to: 'medium', when: 'hasFilter', because: 'only names of a certain form come in' },
  ],
  subject: 'identity_provider',
  population: 'identity_providers',
  needs: ['identity_provider', 'identity_provider.provisioningAction', 'identity_provider.trust'],
  sql: `SELECT t.key, jsonb_build_object('name', t.name, 'type', t.type, 'subjectFilter', left(t.trust ->> 'subjectFilter', 500),
      'hasFilter', t.trust ->> 'subjectFilter' IS NOT NULL,
      'isOpenToAll', ${isCategory('t', 'social')} AND t.trust ->> 'subjectFilter' IS NULL) AS evidence
    FROM identity_providers t WHERE ${isActiveProvider('t')} AND t.trust IS NOT NULL AND ${makesAccounts('t')}`,
  undecided: undecided({
    key: 't.key',
    from: `FROM identity_providers t WHERE ${signsIn('t')}`,
    where: 't.provisioning_action',
    compares: { 'identity_provider.provisioningAction': 't.provisioning_action' },
  }),
  why: `Whom the other system lets in gets an account here, with all that everybody has: the directory of colleagues, the applications of all, the trust in a name. Nobody has hired that person, and nobody will notice that there is one more.`,
  fix: [
    'Make accounts from the directory of staff, and let the other system only sign in those that exist.',
    'If partners come in that way: a filter for their domain, a group of their own, and an end date.',
  ],
  console: {
    okta: ['Security > Identity Providers > the provider > Edit: If no match is found: Redirect to the sign-in page.'],
  },
  effort: 'hours',
  frameworks: { nist: ['AC-2', 'IA-8', 'IA-13'], cis: ['6.1', '5.6'], soc2: ['CC6.2'] },
});
