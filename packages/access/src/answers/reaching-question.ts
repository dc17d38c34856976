import type { AccessNodeRef } from '@castellan/api';
import { type Bind, type Bindings, filterConditions, type RowFilter, searchConditions } from '@castellan/storage';
import { holds, isUsable } from '../graph/holds.js';
import { useOf } from '../usage/usage-of.js';

/** Which of those accounts that reach a target. */
export interface ReachingQuestion {
  readonly integrationId: string;
  readonly to: AccessNodeRef;
  /** Whose members reach it, as `granting` has found them. */
  readonly groups: readonly string[];
  /** Whether accounts that it was given to themselves count. */
  readonly direct: boolean;
  readonly at?: Date | undefined;
  /** All must be in the login, the e-mail, the name or the key. */
  readonly words?: readonly string[];
  /** By fields of the accounts, as a table of them is filtered. */
  readonly filters?: readonly RowFilter[];
  /** Only who has not used it since. */
  readonly unusedSince?: Date | undefined;
}

/** What an account `t` must meet besides that it reaches the target and has not used it. */
export function accountConditions(
  { to, words = [], filters = [] }: ReachingQuestion,
  { bind }: Bindings,
  instant: string | undefined,
): string[] {
  // Who is switched off for good is still in its groups.
  const conditions = [holds('t', 'account', instant), ...(to.kind === 'group' ? [] : [isUsable('t', instant)])];
  conditions.push(...searchConditions('account', words, bind), ...filterConditions('account', filters, bind).values());
  return conditions;
}

/** Which rows `u` of an integration are of the use of the target; `undefined`: a group is not used. */
export function usesOf(to: AccessNodeRef, bind: Bind, integration: string): string | undefined {
  const use = useOf('account', to.kind);
  if (use === null) return undefined;
  const object = use === 'administration' ? `''` : `${bind(to.key)}::text`;
  return `u.integration_id = ${integration} AND u."use" = '${use}' AND u.object = ${object}`;
}
