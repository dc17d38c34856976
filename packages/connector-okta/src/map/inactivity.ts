import type { InactivityRule, JsonObject } from '@castellan/connector-sdk';
import type { ObjectReader } from './object-reader.js';

const OUTCOMES: Readonly<Record<string, InactivityRule['outcome']>> = {
  SUSPENDED: 'suspend',
  DEACTIVATED: 'deprovision',
  DEPROVISIONED: 'deprovision',
  DELETED: 'delete',
};

const DAYS: Readonly<Record<string, number>> = { DAY: 1, DAYS: 1, WEEK: 7, WEEKS: 7 };

/**
 * An automation lies in two objects: its policy says after how long, its rule what becomes of the account. So the policy hands on what it
 * says, as `{ inactiveDays }`, `null` when that was not understood; nothing when it does not wait for inactivity.
 */
export function inactivityHint(conditions: ObjectReader): JsonObject | undefined {
  const users = conditions.child('people').child('users');
  return users.has('inactivity') ? { inactiveDays: daysOf(users.child('inactivity')) } : undefined;
}

/** @returns `null` for a rule that waits for something else, or does nothing to accounts. */
export function inactivityOf(actions: ObjectReader, conditions: ObjectReader, policy?: JsonObject): InactivityRule | null {
  if (!actions.has('updateUserLifecycle')) return null;
  const hint = inactivityHint(conditions) ?? policy;
  const days = hint?.['inactiveDays'];
  if (days === undefined) return null;
  const lifecycle = actions.child('updateUserLifecycle');
  const outcome = lifecycle.oneOf<InactivityRule['outcome']>('targetStatus', OUTCOMES, 'unknown');
  return { days: typeof days === 'number' ? days : null, outcome };
}

function daysOf(inactivity: ObjectReader): number | null {
  const number = inactivity.number('number');
  const unit = inactivity.optionalOneOf<number | null>('unit', DAYS, null);
  return number === null || unit === null ? null : number * unit;
}
