import { defineCheck } from '../../check/check.js';

export const noNetworkZone = defineCheck({
  id: 'no-network-zone',
  title: 'No network is named, so that no rule can look at one',
  area: 'organisation',
  severity: 'low',
  subject: 'organisation',
  population: 'organisation',
  needs: ['network_zone'],
  sql: `SELECT 'organisation' AS key, jsonb_build_object('builtIn', count(*) FILTER (WHERE z.built_in AND z.status = 'active'),
      'switchedOff', count(*) FILTER (WHERE z.built_in IS NOT TRUE AND z.status <> 'active')) AS evidence
    FROM network_zones z WHERE z.integration_id = $integration AND z.removed_at IS NULL
    HAVING count(*) FILTER (WHERE z.built_in IS NOT TRUE AND z.status = 'active' AND cardinality(z.entries) > 0) = 0`,
  why: `Policies can treat the office, the data centre and the rest of the world differently only when they have names. Without any, tokens of programs cannot be bound to a network either.`,
  fix: [
    'List the networks from which people and programs work.',
    'Make a zone of each, then use them in policies and for API tokens.',
  ],
  console: { okta: ['Security > Networks > Add zone.'] },
  effort: 'hours',
  frameworks: { nist: ['AC-17', 'SC-7'], soc2: ['CC6.6'] },
});
