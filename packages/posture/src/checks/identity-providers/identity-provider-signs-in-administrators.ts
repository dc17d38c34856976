import { edgeKeySql } from '@castellan/access';
import { defineCheck } from '../../check/check.js';
import { ADMINISTRATORS } from '../../sql/administrators.js';
import { firstTwenty } from '../../sql/evidence.js';
import { isActiveProvider, isCategory, linksByItself, trusted } from '../../sql/identity-providers.js';

export const identityProviderSignsInAdministrators = defineCheck({
  id: 'identity-provider-signs-in-administrators',
  title: 'Another system can sign in administrators',
  area: 'identity_providers',
  severity: 'critical',
  context: [
    { to: 'medium', when: 'isSmartCard', because: 'it is by a card that administrators prove who they are' },
    { to: 'high', when: 'isOnlyPossible', because: 'no administrator has come in by it so far' },
  ],
  subject: 'identity_provider',
  population: 'identity_providers',
  needs: [
    'identity_provider',
    'identity_provider.trust',
    'identity_provider.accountLinkAction',
    'idp_link',
    'account',
    'membership',
    'role',
    'role_assignment',
  ],
  sql: `WITH RECURSIVE ${ADMINISTRATORS}, reached AS (
      SELECT l.identity_provider, d.account, true AS is_linked FROM administrators d JOIN idp_links l ON l.integration_id = $integration
        AND l.account = d.account AND l.removed_at IS NULL
      UNION ALL
      SELECT t.key, d.account, false FROM identity_providers t CROSS JOIN administrators d
      WHERE ${isActiveProvider('t')} AND ${linksByItself('t')} AND ${trusted('t', 'linkNotAdministrators')} IS FALSE
        AND (t.trust -> 'linkOnlyGroups' = '[]' OR EXISTS (SELECT 1 FROM jsonb_array_elements_text(t.trust -> 'linkOnlyGroups') AS o ("group")
          JOIN memberships m ON m.integration_id = $integration AND m.removed_at IS NULL
            AND m.key = (${edgeKeySql('o."group"', 'd.account')}) COLLATE "C"))
    )
    SELECT t.key, jsonb_build_object('name', t.name, 'type', t.type, 'linkedAdministrators', r.linked, 'linkedAdministratorCount', r.linked_count,
      'canLinkOthers', r.can_link, 'isSmartCard', ${isCategory('t', 'smart_card')}, 'isOnlyPossible', r.linked_count = 0) AS evidence
    FROM (
      SELECT r.identity_provider, coalesce((array_agg(DISTINCT coalesce(a.login, a.key)) FILTER (WHERE r.is_linked))[1:20], '{}') AS linked,
        count(DISTINCT r.account) FILTER (WHERE r.is_linked) AS linked_count, bool_or(NOT r.is_linked) AS can_link
      FROM reached r JOIN accounts a ON a.integration_id = $integration AND a.key = r.account COLLATE "C" GROUP BY r.identity_provider
    ) r JOIN identity_providers t ON t.key = r.identity_provider COLLATE "C" AND ${isActiveProvider('t')}`,
  why: `Whoever runs the other system, or breaks into it, says there that he is the administrator, and is let in here. No password and no second factor of this organisation is asked for; it is as safe as that system, and no safer.`,
  fix: [
    'Leave administrators out of the linking, or link only members of groups that have no role.',
    'Take the links from those who have one, and give them authenticators of this organisation.',
    'Look through what they have done since they came in by it.',
  ],
  console: {
    okta: [
      'Security > Identity Providers > the provider > Edit: Account Link Policy, with Exclude admins, or Specific Groups.',
      'Directory > People > the administrator: unlink the identity provider.',
    ],
  },
  action: 'unlink_identity_provider',
  effort: 'hours',
  frameworks: { nist: ['AC-6', 'IA-8', 'IA-13'], cis: ['5.4', '6.5'], soc2: ['CC6.1', 'CC6.6'] },
});
