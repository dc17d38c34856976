import { defineCheck } from '../../check/check.js';
import { undecided } from '../../check/unsaid.js';
import { isActiveProvider, trusted, signsIn } from '../../sql/identity-providers.js';

const WHERE = `${trusted('t', 'restoresDeprovisioned')} OR ${trusted('t', 'restoresSuspended')}`;

export const identityProviderRestoresAccounts = defineCheck({
  id: 'identity-provider-restores-accounts',
  title: 'A sign-in at another system switches an account on again',
  area: 'identity_providers',
  severity: 'high',
  context: [
    {
      to: 'medium',
      when: 'isOnlySuspended',
      because: 'it does so with suspended accounts, and not with those that are switched off',
    },
  ],
  subject: 'identity_provider',
  population: 'identity_providers',
  needs: [
    'identity_provider',
    'identity_provider.trust',
    'identity_provider.trust.restoresDeprovisioned',
    'identity_provider.trust.restoresSuspended',
  ],
  sql: `SELECT t.key, jsonb_build_object('name', t.name, 'type', t.type, 'restoresDeprovisioned', t.trust -> 'restoresDeprovisioned',
      'restoresSuspended', t.trust -> 'restoresSuspended', 'isOnlySuspended', ${trusted('t', 'restoresDeprovisioned')} IS NOT TRUE) AS evidence
    FROM identity_providers t
    WHERE ${isActiveProvider('t')} AND (${WHERE})`,
  undecided: undecided({
    key: 't.key',
    from: `FROM identity_providers t WHERE ${signsIn('t')}`,
    where: WHERE,
    compares: {
      'identity_provider.trust.restoresDeprovisioned': trusted('t', 'restoresDeprovisioned'),
      'identity_provider.trust.restoresSuspended': trusted('t', 'restoresSuspended'),
    },
  }),
  why: `Somebody has left, or was suspended because of an incident. If the account at the other system still works, one sign-in there undoes that here, without anybody who decides it. Who was shut out comes back by himself.`,
  fix: [
    'Let suspended and deactivated accounts be as they are when a sign-in comes.',
    'Have them switched on again by a person who has looked why they were off.',
  ],
  console: {
    okta: [
      'Security > Identity Providers > the provider > Edit: JIT Settings: Reactivate users who are deactivated, Unsuspend users who are suspended: off.',
    ],
  },
  effort: 'minutes',
  frameworks: { nist: ['AC-2', 'AC-2(3)', 'PS-4'], cis: ['6.2', '5.3'], soc2: ['CC6.2'] },
});
