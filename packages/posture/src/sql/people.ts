/** Whether somebody could have signed in with it once: one that was never set up can have no factor yet. `a`: the accounts' table. */
export function isSetUp(a: string): string {
  return `${a}.status NOT IN ('staged', 'provisioned', 'deprovisioned')`;
}

/** Whether it is of a person, or nobody says. */
export function isOfPerson(a: string): string {
  return `${a}.is_human IS NOT FALSE`;
}
