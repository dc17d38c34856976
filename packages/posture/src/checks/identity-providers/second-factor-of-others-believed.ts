import { defineCheck } from '../../check/check.js';
import { undecided } from '../../check/unsaid.js';
import { isActiveProvider, isCategory, trusted, signsIn } from '../../sql/identity-providers.js';

const ID = 'second-factor-of-others-believed';

export const secondFactorOfOthersBelieved = defineCheck({
  id: ID,
  title: 'Another system is believed when it says that a second factor was given',
  area: 'identity_providers',
  severity: 'medium',
  context: [{ to: 'high', when: 'isSocial', because: 'anybody can have an account there' }],
  subject: 'identity_provider',
  population: 'identity_providers',
  needs: ['identity_provider', 'identity_provider.trust', 'identity_provider.trust.trustsAuthentication'],
  sql: `SELECT t.key, jsonb_build_object('name', t.name, 'type', t.type, 'isSocial', ${isCategory('t', 'social')}) AS evidence
    FROM identity_providers t WHERE ${isActiveProvider('t')} AND ${trusted('t', 'trustsAuthentication')}`,
  // Of a card there is no such word to believe. Where anybody can have an account a provider may know none either; once said, it is missed.
  undecided: undecided({
    key: 't.key',
    from: `FROM identity_providers t WHERE ${signsIn('t')} AND NOT ${isCategory('t', 'smart_card')}
      AND (NOT ${isCategory('t', 'social')} OR EXISTS (SELECT 1 FROM findings k WHERE k.integration_id = $integration
        AND k.source = 'posture' AND k.rule = '${ID}' AND k.status <> 'resolved' AND k.subject_key = t.key COLLATE "default"))`,
    where: trusted('t', 'trustsAuthentication'),
    compares: { 'identity_provider.trust.trustsAuthentication': trusted('t', 'trustsAuthentication') },
  }),
  why: `The policies here ask for a second factor, and take the word of the other system for it. If that system is lax, or an attacker has its key, no second factor is ever asked for, and the log says that there was one.`,
  fix: [
    'Find out which factors the other system asks for, and when.',
    'Where it is not run with the same care: ask for a second factor here as well.',
    'For administrators ask here always.',
  ],
  console: { okta: ['Security > Identity Providers > the provider > Edit: Trust AMR claims from this identity provider.'] },
  effort: 'minutes',
  frameworks: { nist: ['IA-2', 'IA-13'], cis: ['6.3', '6.5'], soc2: ['CC6.1'] },
});
