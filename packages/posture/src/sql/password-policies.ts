import type { PasswordRequirements } from '@castellan/connector-sdk';
import { undecided } from '../check/unsaid.js';

interface Asked {
  /** What is wrong with it; `null` where that is not said. */
  readonly where: string;
  /** More of the evidence, as arguments of `jsonb_build_object`. */
  readonly seen: string;
  /** What `where` compares. */
  readonly compares: readonly (keyof PasswordRequirements)[];
}

/** The statements of a check that names password policies that are on, of `$integration`; `p.password` is what they ask for. */
export function passwordPolicies({ where, seen, compares }: Asked): { readonly sql: string; readonly undecided: string } {
  const from = `FROM policies p
    WHERE p.integration_id = $integration AND p.removed_at IS NULL AND p.status = 'active' AND p.password IS NOT NULL`;
  const compared = Object.fromEntries(compares.map((name) => [`policy.password.${name}`, `p.password ->> '${name}'`]));
  return {
    sql: `SELECT p.key, jsonb_build_object('policy', p.name, 'isBuiltIn', coalesce(p.built_in, false), 'priority', p.priority, ${seen}) AS evidence
    ${from} AND (${where})`,
    undecided: undecided({ key: 'p.key', from, where, compares: compared }),
  };
}

/** A number of what the policy asks for, by its name there. */
export function asked(name: string): string {
  return `(p.password ->> '${name}')::numeric`;
}
