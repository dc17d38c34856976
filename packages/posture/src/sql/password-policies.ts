/**
 * Password policies that are on, of `$integration`, of which `where` holds; `p.password` is what they ask for.
 * @param seen more of the evidence, as arguments of `jsonb_build_object`
 */
export function passwordPolicies(where: string, seen: string): string {
  return `SELECT p.key, jsonb_build_object('policy', p.name, 'isBuiltIn', coalesce(p.built_in, false), 'priority', p.priority, ${seen}) AS evidence
    FROM policies p
    WHERE p.integration_id = $integration AND p.removed_at IS NULL AND p.status = 'active' AND p.password IS NOT NULL AND ${where}`;
}

/** A number of what the policy asks for, by its name there. */
export function asked(name: string): string {
  return `(p.password ->> '${name}')::numeric`;
}
