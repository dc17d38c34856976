import { defineCheck } from '../../check/check.js';
import { ADMINISTRATORS } from '../../sql/administrators.js';
import { ADMINISTRATOR_ACCOUNTS, ADMINISTRATOR_EVIDENCE } from '../../sql/administrator-accounts.js';
import { firstDistinct } from '../../sql/lists.js';

export const administratorLinkedToIdentityProvider = defineCheck({
  id: 'administrator-linked-to-identity-provider',
  title: 'Administrator whom another identity provider can sign in',
  area: 'administrators',
  severity: 'high',
  context: [
    { to: 'medium', when: 'isSuspended', because: 'the account is suspended' },
    { to: 'critical', when: 'isSocial', because: 'it is one where anybody can have an account' },
    { to: 'medium', when: 'isSmartCardOnly', because: 'it only checks certificates, as of smart cards' },
  ],
  subject: 'account',
  population: 'administrators',
  needs: ['account', 'membership', 'role', 'role_assignment', 'identity_provider', 'idp_link'],
  touchedBy: { account: 'key', idp_link: 'account' },
  sql: `WITH RECURSIVE ${ADMINISTRATORS}
    SELECT a.key, jsonb_build_object(${ADMINISTRATOR_EVIDENCE}, 'identityProviders', l.names,
      'isSocial', l.is_social, 'isSmartCardOnly', l.is_smart_card) AS evidence
    FROM ${ADMINISTRATOR_ACCOUNTS},
      LATERAL (SELECT ${firstDistinct('coalesce(i.name, i.key)')} AS names,
          coalesce(bool_or(i.trust ->> 'category' = 'social'), false) AS is_social,
          coalesce(bool_and(coalesce(i.trust ->> 'category' = 'smart_card', false)), false) AS is_smart_card
        FROM idp_links t JOIN identity_providers i ON i.integration_id = $integration AND i.key = t.identity_provider COLLATE "C"
          AND i.removed_at IS NULL AND i.status <> 'inactive'
        WHERE t.integration_id = $integration AND t.account = a.key COLLATE "default" AND t.removed_at IS NULL) l
    WHERE l.names IS NOT NULL`,
  why: `That system says who somebody is, and this one believes it. Its administrators, its vendor, or whoever has broken into it can sign in as this administrator without the password and the factors that are asked for here.`,
  fix: [
    'Unlink the account, and see that the person can sign in here with factors of this organisation.',
    'Forbid the identity provider to link accounts of administrators.',
    'Look in the log at the sign-ins that came that way.',
  ],
  console: {
    okta: [
      'Directory > People > the person > Applications and identity providers: unlink it.',
      'Security > Identity Providers > the provider > Configure: Account Link Policy, and Exclude admins.',
    ],
  },
  action: 'unlink_identity_provider',
  effort: 'minutes',
  frameworks: { nist: ['AC-6', 'IA-2'], cis: ['5.4', '6.7'], soc2: ['CC6.1', 'CC6.3'] },
});
