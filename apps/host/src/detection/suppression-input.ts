import type { SuppressionInput } from '@castellan/api';
import type { NewSuppression } from '@castellan/storage';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { readInstant } from '../input/instant.js';
import { IsLabel } from '../input/is-label.js';
import { IsReason } from '../input/is-reason.js';
import { invalidRequest } from '../problems/problem.js';

export class SuppressionBody implements SuppressionInput {
  /** Left out or null: whatever the rule. */
  @IsOptional()
  @IsLabel(1_000)
  readonly rule?: string | null;

  /** Key or login of an account, or an IP address. Left out or null: whoever it is. */
  @IsOptional()
  @IsLabel(1_000)
  readonly subject?: string | null;

  @IsReason()
  readonly reason!: string;

  @IsString({ message: 'Must be an instant, like 2027-02-01T00:00:00Z.' })
  @MaxLength(40, { message: 'Must be an instant, like 2027-02-01T00:00:00Z.' })
  readonly until!: string;
}

/** @throws Problem (400) */
export function readSuppression({ rule = null, subject = null, reason, until }: SuppressionBody): NewSuppression {
  if (rule === null && subject === null) {
    const message = 'Is required where no subject is named: everything at once cannot be suppressed.';
    throw invalidRequest([{ field: 'rule', message }]);
  }
  return { rule, subject, reason: reason.trim(), until: readUntil(until) };
}

function readUntil(text: string): Date {
  const until = new Date(readInstant('until', text));
  const latest = new Date();
  latest.setUTCFullYear(latest.getUTCFullYear() + 1);
  if (until.getTime() > Date.now() && until <= latest) return until;
  const message =
    until > latest
      ? 'Must be at most a year from now: what nobody wants to hear of for ever is a rule to switch off, or a filter.'
      : 'Must lie in the future.';
  throw invalidRequest([{ field: 'until', message }]);
}
