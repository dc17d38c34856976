import { defineCheck } from '../../check/check.js';
import { undecided } from '../../check/unsaid.js';
import { isActiveProvider, isCategory, linksByItself, makesAccounts, categoryOf } from '../../sql/identity-providers.js';

export const socialIdentityProvider = defineCheck({
  id: 'social-identity-provider',
  title: 'Sign-in by a service at which anybody can have an account',
  area: 'identity_providers',
  severity: 'medium',
  context: [{ to: 'high', when: 'isAutomatic', because: 'accounts are made or linked without anybody who agrees' }],
  subject: 'identity_provider',
  population: 'identity_providers',
  needs: ['identity_provider', 'identity_provider.trust', 'identity_provider.trust.category'],
  sql: `SELECT t.key, jsonb_build_object('name', t.name, 'type', t.type, 'makesAccounts', ${makesAccounts('t')}, 'linksByItself', ${linksByItself('t')},
      'isAutomatic', ${makesAccounts('t')} OR ${linksByItself('t')}) AS evidence
    FROM identity_providers t WHERE ${isActiveProvider('t')} AND ${isCategory('t', 'social')}`,
  undecided: undecided({
    key: 't.key',
    from: `FROM identity_providers t WHERE ${isActiveProvider('t')}`,
    where: categoryOf('t'),
    compares: { 'identity_provider.trust.category': categoryOf('t') },
  }),
  why: `Such an account belongs to the person and not to the organisation: no rule for its password or its second factor holds, and it stays when the person leaves. Whoever takes it over comes in here.`,
  fix: [
    'Let staff sign in with what the organisation gives them.',
    'If customers or guests need it: an organisation of their own for them.',
    'Switch it off here.',
  ],
  console: { okta: ['Security > Identity Providers > the provider > Actions > Deactivate.'] },
  action: 'deactivate_identity_provider',
  effort: 'hours',
  frameworks: { nist: ['IA-8', 'IA-2', 'IA-13'], cis: ['5.6', '6.7'], soc2: ['CC6.1', 'CC6.6'] },
});
