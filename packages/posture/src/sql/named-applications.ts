import { type Compared, undecided } from '../check/unsaid.js';
import { rulesInForce } from './rules.js';
import { isOneOf } from './texts.js';

interface Asked {
  /** What is wrong with a rule `t`; `null` where that is not said. */
  readonly where: string;
  /** More of the evidence, as arguments of `jsonb_build_object`. */
  readonly seen: string;
  readonly compares: Compared;
}

const NAMED = `SELECT a.key, a.policy FROM applications a
    WHERE a.integration_id = $integration AND a.removed_at IS NULL AND ${isOneOf('a.name', '$applications')}`;

/**
 * The statements of a check that names rules that are on and let somebody in to one of the applications that `$applications` names, by
 * technical name. Undecided are also applications of which nobody says by which policy, or by which rule of it, somebody comes in: then it may be any rule.
 */
export function rulesOfNamedApplications({ where, seen, compares }: Asked): {
  readonly sql: string;
  readonly undecided: string;
} {
  const steps = `WITH ${rulesInForce('requirement')}, named AS (${NAMED})`;
  const from = `FROM rules t WHERE t.effect IS DISTINCT FROM 'deny' AND t.policy IN (SELECT n.policy FROM named n)`;
  return {
    sql: `${steps}
    SELECT t.key, jsonb_build_object('rule', t.name, 'policy', t.policy_name, ${seen}, 'isNeverReached', t.is_never_reached,
      'isManagedDevice', coalesce((t.requirement ->> 'managedDevice')::boolean, false)) AS evidence
    ${from} AND (${where})`,
    undecided: `${steps}
    ${undecided({ key: 't.key', from, where, compares })}
    UNION ALL
    SELECT NULL, CASE WHEN n.policy IS NULL THEN 'application.policy of name:applications' ELSE 'policy_rule.requirement' END
    FROM named n WHERE n.policy IS NULL OR NOT EXISTS (SELECT 1 FROM rules t WHERE t.policy = n.policy)`,
  };
}
