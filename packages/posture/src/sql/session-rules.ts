import { rulesInForce } from './rules.js';

/**
 * Rules of the session that are on and let somebody in, of `$integration`, of which `where` holds; `t.session` is what they say.
 * @param seen more of the evidence, as arguments of `jsonb_build_object`
 */
export function sessionRules(where: string, seen: string): string {
  return `WITH ${rulesInForce('session')}
    SELECT t.key, jsonb_build_object('rule', t.name, 'policy', t.policy_name, ${seen}, 'isBuiltIn', coalesce(t.built_in, false),
      'isNeverReached', t.is_never_reached) AS evidence
    FROM rules t WHERE t.effect IS DISTINCT FROM 'deny' AND ${where}`;
}

/** A number of the session's limits, by its name there. */
export function limit(name: string): string {
  return `(t.session ->> '${name}')::numeric`;
}
