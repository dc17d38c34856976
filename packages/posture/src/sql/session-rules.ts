import { type Compared, undecided } from '../check/unsaid.js';
import { rulesInForce } from './rules.js';

interface Asked {
  /** What is wrong with it; `null` where that is not said. */
  readonly where: string;
  /** More of the evidence, as arguments of `jsonb_build_object`. */
  readonly seen: string;
  readonly compares: Compared;
}

/** The statements of a check that names rules of the session that are on and let somebody in; `t.session` is what they say. */
export function sessionRules({ where, seen, compares }: Asked): { readonly sql: string; readonly undecided: string } {
  const from = `FROM rules t WHERE t.effect IS DISTINCT FROM 'deny'`;
  return {
    sql: `WITH ${rulesInForce('session')}
    SELECT t.key, jsonb_build_object('rule', t.name, 'policy', t.policy_name, ${seen}, 'isBuiltIn', coalesce(t.built_in, false),
      'isNeverReached', t.is_never_reached) AS evidence
    ${from} AND (${where})`,
    undecided: `WITH ${rulesInForce('session')} ${undecided({ key: 't.key', from, where, compares })}`,
  };
}

/** A number of the session's limits, by its name there. */
export function limit(name: string): string {
  return `(t.session ->> '${name}')::numeric`;
}
