import { accountsIn } from '@castellan/access';
import { defineCheck } from '../../check/check.js';
import { ADMINISTRATORS } from '../../sql/administrators.js';
import { isActiveProvider, isCategory, linksAdministrators } from '../../sql/identity-providers.js';

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
  seesMoreWith: ['said:links_administrators'],
  sql: `WITH RECURSIVE ${ADMINISTRATORS}, linked AS (
      SELECT l.identity_provider, count(*) AS count, (array_agg(coalesce(a.login, a.key) ORDER BY a.key))[1:20] AS logins
      FROM idp_links l JOIN administrators d ON d.account = l.account
        JOIN accounts a ON a.integration_id = $integration AND a.key = l.account COLLATE "C"
      WHERE l.integration_id = $integration AND l.removed_at IS NULL GROUP BY l.identity_provider
    ), judged AS (
      SELECT t.key, t.name, t.type, ${isCategory('t', 'smart_card')} AS is_smart_card, ${linksAdministrators('t')}
        AND CASE WHEN t.trust -> 'linkOnlyGroups' = '[]' THEN EXISTS (SELECT 1 FROM administrators)
          ELSE EXISTS (SELECT 1 FROM jsonb_array_elements_text(t.trust -> 'linkOnlyGroups') AS o ("group"), ${accountsIn('o."group"', '$integration')} m
            WHERE m.member IN (SELECT d.account FROM administrators d)) END AS can_link
      FROM identity_providers t WHERE ${isActiveProvider('t')}
    )
    SELECT j.key, jsonb_build_object('name', j.name, 'type', j.type, 'linkedAdministrators', coalesce(l.logins, '{}'),
      'linkedAdministratorCount', coalesce(l.count, 0), 'canLinkOthers', coalesce(j.can_link, false), 'isSmartCard', j.is_smart_card,
      'isOnlyPossible', l.count IS NULL) AS evidence
    FROM judged j LEFT JOIN linked l ON l.identity_provider = j.key WHERE j.can_link OR l.count > 0`,
  why: `Whoever runs the other system, or breaks into it, says there that they are the administrator, and is let in here. No password and no second factor of this organisation is asked for; it is as safe as that system, and no safer.`,
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
