import type { Instant } from '@castellan/connector-sdk';
import type { Drift } from './drift.js';
import { EXPOSURE_FIELDS } from './exposure-fields.js';
import { ObjectReader } from './object-reader.js';

/** Whether a role was given by a process that takes it back, and when; `null` where Okta does not say. */
export interface RoleGovernance {
  readonly governed: boolean | null;
  readonly expiresAt: Instant | null;
}

export const NOT_SAID: RoleGovernance = { governed: null, expiresAt: null };

/**
 * An answer of `GET /users/{id}/roles/{id}/governance`. Given twice, a role ends with the later grant, and never when one of
 * them has no end.
 */
export function mapRoleGovernance(body: unknown, drift: Drift): RoleGovernance {
  const answer = ObjectReader.of(body, 'role governance', drift, ['grants', '_links']);
  if (answer === null || !answer.has('grants')) return NOT_SAID;
  const grants = answer.children('grants', EXPOSURE_FIELDS.roleGrant);
  const ends = grants.map((grant) => grant.instant('expirationDate'));
  const known = ends.filter((end) => end !== null);
  // Instants of one form sort as text.
  const last = known.toSorted().at(-1) ?? null;
  return { governed: grants.length > 0, expiresAt: known.length === grants.length ? last : null };
}
