import { defineCheck } from '../../check/check.js';
import { undecided } from '../../check/unsaid.js';
import { texts } from '../../check/parameter.js';
import { categoryOf, isActiveProvider } from '../../sql/identity-providers.js';

// As names are written by one program with blanks and by another without.
const plain = (issuer: string): string => `regexp_replace(lower(${issuer}), '\\s+', '', 'g')`;

// A card of an issuer that is said, and is none of those; what is compared with no issuer is not known.
const WHERE = `${categoryOf('t')} = 'smart_card' AND (t.issuer = t.issuer)
  AND NOT EXISTS (SELECT 1 FROM unnest($issuers) AS w (issuer) WHERE ${plain('w.issuer')} = ${plain('t.issuer')})`;

export const smartCardIssuerNotApproved = defineCheck({
  id: 'smart-card-issuer-not-approved',
  title: 'Smart cards of an authority that is not approved are accepted',
  area: 'identity_providers',
  severity: 'medium',
  subject: 'identity_provider',
  population: 'identity_providers',
  needs: ['identity_provider', 'identity_provider.trust', 'identity_provider.trust.category', 'identity_provider.issuer'],
  parameters: { issuers: texts('Authorities that are approved, as their certificates name them', []) },
  sql: `SELECT t.key, jsonb_build_object('name', t.name, 'issuer', left(t.issuer, 500)) AS evidence
    FROM identity_providers t WHERE ${isActiveProvider('t')} AND (${WHERE})`,
  undecided: undecided({
    key: 't.key',
    from: `FROM identity_providers t WHERE ${isActiveProvider('t')}`,
    where: WHERE,
    compares: { 'identity_provider.trust.category': categoryOf('t'), 'identity_provider.issuer': 't.issuer' },
  }),
  why: `A card says who somebody is, and the authority that made it decides what it says. One that nobody has looked at can make a card with any name, and whoever holds it is let in under that name.`,
  fix: [
    'Compare the issuer with the list of authorities that your rules allow.',
    'If it is one of them, put it on the list of this check.',
    'Otherwise replace the chain of certificates, or switch the identity provider off.',
  ],
  console: { okta: ['Security > Identity Providers > the Smart Card provider > Configure: Certificate chain.'] },
  action: 'deactivate_identity_provider',
  effort: 'hours',
  frameworks: { nist: ['SC-23(5)', 'IA-5(2)'], soc2: ['CC6.1'], stig: ['OKTA-APP-001920'] },
});
