import { Inject, Injectable } from '@nestjs/common';
import { type AuditNotes, AuditTrail } from '../audit/audit-trail.js';
import type { Caller } from '../callers/caller.js';
import { Problem } from '../problems/problem.js';
import type { ActionPlanBody } from './action-input.js';

/** Not allowed, not there, not as it was, or not to this one. That a provider does not answer is nobody's attempt. */
const STATUSES: readonly number[] = [403, 404, 409, 422];

/** What somebody tries at a provider and is refused stands in the audit log, with what it was about. */
@Injectable()
export class ActionRefusals {
  constructor(@Inject(AuditTrail) private readonly trail: AuditTrail) {}

  async noted<T>(caller: Caller, action: string, about: AuditNotes, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof Problem && STATUSES.includes(error.body.status))
        await this.trail.refusedBy(error, caller, action, about);
      throw error;
    }
  }
}

/** Fields of an input that take the key of a record (see `ActionInfo.input`), and how long a key may be that is written down. */
const KEYS = ['account', 'group', 'member', 'application', 'principal', 'identityProvider', 'assignment'];
const LONGEST_KEY = 100;

/** Which object, and nothing else of the input: it may have somebody's profile in it. */
export function notedWish({ action, input }: Pick<ActionPlanBody, 'action' | 'input'>): object {
  if (typeof input !== 'object' || input === null) return { action };
  const keys = Object.entries(input).filter(
    ([field, value]) => KEYS.includes(field) && typeof value === 'string' && value.length <= LONGEST_KEY,
  );
  return { action, input: Object.fromEntries(keys) };
}
