import { defineCheck } from '../../check/check.js';
import { texts } from '../../check/parameter.js';
import { isOneOf } from '../../sql/texts.js';

export const anonymisersLetIn = defineCheck({
  id: 'anonymisers-let-in',
  title: 'Sign-ins through anonymising services are let in',
  area: 'organisation',
  severity: 'medium',
  context: [{ to: 'low', when: 'isPartly', because: 'some of them, or some places, are blocked' }],
  subject: 'organisation',
  population: 'organisation',
  needs: ['network_zone'],
  parameters: { entries: texts('What a zone must have in it to block them all', ['service:ALL_ANONYMIZERS', 'proxy:Any']) },
  sql: `WITH blocking AS (
      SELECT z.name, z.entries, EXISTS (SELECT 1 FROM unnest(z.entries) e WHERE ${isOneOf('e', '$entries')})
          AND NOT EXISTS (SELECT 1 FROM unnest(z.entries) e WHERE e ~ '^(country|region|asn):') AS is_whole
      FROM network_zones z
      WHERE z.integration_id = $integration AND z.removed_at IS NULL AND z.status = 'active' AND z.usage = 'blocklist'
        AND EXISTS (SELECT 1 FROM unnest(z.entries) e WHERE e ~ '^(service:|proxy:[A-Za-z])')
    )
    SELECT 'organisation' AS key, jsonb_build_object('isPartly', count(*) > 0, 'count', count(*),
      'zones', coalesce((array_agg(b.name ORDER BY b.name COLLATE "C"))[1:20], '{}')) AS evidence
    FROM blocking b HAVING NOT coalesce(bool_or(b.is_whole), false)`,
  why: `Attackers come through anonymising services, and each try has another address. Few people need one for their work, and those can be let in by a zone of their own.`,
  fix: [
    'Look in the log for who comes through such services today.',
    'Make a zone of all of them and block it, so that it is refused before any policy is looked at.',
    'Except the services that people of yours use, such as the private relay of their telephone.',
  ],
  console: {
    okta: [
      'Security > Networks > DefaultEnhancedDynamicZone, or Add zone > Enhanced Dynamic Zone: Block access from IPs matching conditions listed in this zone, All anonymizers.',
    ],
  },
  effort: 'hours',
  frameworks: { nist: ['AC-4', 'SC-7'], soc2: ['CC6.6'], stig: ['OKTA-APP-003243'] },
});
