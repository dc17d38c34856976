type RuleField = 'session' | 'requirement';

const forEverybody = (x: string): string =>
  ['included_groups', 'excluded_groups', 'included_accounts', 'excluded_accounts']
    .map((column) => `${x}.${column} = '{}'`)
    .join(' AND ');

const RULES = (x: string, field: RuleField): string =>
  `${x}.integration_id = $integration AND ${x}.removed_at IS NULL AND ${x}.status = 'active' AND ${x}.${field} IS NOT NULL`;

/** Whether a policy has a rule that is on and speaks of `field`. `p`: what the statement calls the table of policies. */
export function policyHasRules(p: string, field: RuleField, and = 'true'): string {
  return `EXISTS (SELECT 1 FROM policy_rules r WHERE ${RULES('r', field)} AND r.policy COLLATE "C" = ${p}.key AND ${and})`;
}

/** What a rule waits for besides people and networks. What the vocabulary does not say of it is not seen here. */
const UNCONDITIONAL: Readonly<Record<RuleField, string>> = {
  session: `coalesce(r.session -> 'behaviours', '[]') = '[]'`,
  requirement: `(r.requirement ->> 'registeredDevice')::boolean IS NOT TRUE AND (r.requirement ->> 'managedDevice')::boolean IS NOT TRUE`,
};

/**
 * Steps of a `WITH`, of `$integration`: `rules`, those that are on in a policy that is on and speak of `field`, with `policy_name`
 * and `is_never_reached`: one before it lets nobody come this far. Which is before which: policies for sessions stand in one row,
 * by priority; of policies for applications each has its own. What nobody can delete is looked at last.
 */
export function rulesInForce(field: RuleField): string {
  const compete = field === 'session';
  return `placed AS (
    SELECT r.key, r.name, r.policy, p.name AS policy_name, p.type AS policy_type, r.effect, r.mfa_required, r.session, r.requirement,
      r.included_zones, r.excluded_zones, r.built_in,
      CASE WHEN r.built_in OR r.priority IS NOT NULL THEN rank() OVER (PARTITION BY r.policy ORDER BY coalesce(r.built_in, false), r.priority) END AS place,
      CASE WHEN p.built_in OR p.priority IS NOT NULL THEN rank() OVER (PARTITION BY p.type ORDER BY coalesce(p.built_in, false), p.priority) END AS policy_place,
      ${forEverybody('r')} AND r.included_zones = '{}' AND r.excluded_zones = '{}' AND ${UNCONDITIONAL[field]} AS is_for_all,
      ${forEverybody('p')} AS policy_is_for_all
    FROM policy_rules r JOIN policies p ON p.integration_id = $integration AND p.key = r.policy COLLATE "C"
      AND p.removed_at IS NULL AND p.status = 'active'
    WHERE ${RULES('r', field)}
  ), rules AS (
    SELECT t.*, coalesce(t.place > min(t.place) FILTER (WHERE t.is_for_all) OVER (PARTITION BY t.policy), false)
        ${compete ? `OR coalesce(t.policy_place > min(t.policy_place) FILTER (WHERE t.is_for_all AND t.policy_is_for_all) OVER (PARTITION BY t.policy_type), false)` : ''}
        AS is_never_reached
    FROM placed t
  )`;
}

/** Whether a rule names a network that is on. One that is not known is taken to be: providers have words for all of them. */
export function namesZone(r: string): string {
  return `EXISTS (SELECT 1 FROM unnest(${r}.included_zones || ${r}.excluded_zones) AS z (key) WHERE NOT EXISTS (SELECT 1 FROM network_zones n
    WHERE n.integration_id = $integration AND n.key = z.key COLLATE "C" AND (n.removed_at IS NOT NULL OR n.status = 'inactive')))`;
}
