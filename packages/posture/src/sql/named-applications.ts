import { isOneOf } from './texts.js';
import { rulesInForce } from './rules.js';

/**
 * Rules that are on and let somebody in to one of the applications that `$applications` names, by technical name, and of which
 * `where` holds. @param seen more of the evidence, as arguments of `jsonb_build_object`
 */
export function rulesOfNamedApplications(where: string, seen: string): string {
  return `WITH ${rulesInForce('requirement')}
    SELECT t.key, jsonb_build_object('rule', t.name, 'policy', t.policy_name, ${seen}, 'isNeverReached', t.is_never_reached,
      'isManagedDevice', coalesce((t.requirement ->> 'managedDevice')::boolean, false)) AS evidence
    FROM rules t
    WHERE t.effect IS DISTINCT FROM 'deny' AND ${where} AND t.policy IN (SELECT a.policy FROM applications a
      WHERE a.integration_id = $integration AND a.removed_at IS NULL AND a.policy IS NOT NULL AND ${isOneOf('a.name', '$applications')})`;
}
