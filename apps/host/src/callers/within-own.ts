import type { Permission } from '@castellan/api';
import { Problem } from '../problems/problem.js';
import { beyond } from './permissions.js';

/**
 * Whoever could give more than he has, or change the account of somebody who has more, would have everything.
 * @throws Problem (403) that names what the caller lacks
 */
export function requireWithinOwn(own: ReadonlySet<Permission>, wanted: Iterable<Permission>, field: string): void {
  const lacking = beyond(own, wanted);
  if (lacking.length === 0) return;
  const detail = `This needs permissions that you do not have yourself: ${lacking.join(', ')}.`;
  throw new Problem({ code: 'not-allowed', detail, errors: [{ field, message: detail }] });
}
