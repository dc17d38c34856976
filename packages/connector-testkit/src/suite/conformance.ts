import type { Connector } from '@castellan/connector-sdk';
import type { Check } from './check.js';
import { CHECKS, type CheckName } from './checks.js';
import type { ConformanceOptions } from './options.js';
import { LeftOut } from './verdict.js';

export interface Verdict {
  readonly check: CheckName;
  readonly title: string;
  readonly result: 'passed' | 'broken' | 'left out';
  /** What is wrong and the way out, or why it was left out; beside `passed`, what of it could not be tried. */
  readonly reason?: string;
}

export const CHECK_NAMES: readonly CheckName[] = namesOf(CHECKS);

/** One check of the suite. Never throws for what a connector does. */
export async function checkConnector(connector: Connector, options: ConformanceOptions, name: CheckName): Promise<Verdict> {
  const check = CHECKS[name];
  const about = { check: name, title: check.title };
  const reason = leftOutBefore(connector, options, name);
  if (reason !== undefined) return { ...about, result: 'left out', reason };
  const untried: string[] = [];
  try {
    await check.run({ connector, options, leaveOutPart: (part) => void untried.push(part) });
    return { ...about, result: 'passed', ...(untried.length > 0 && { reason: untried.join('; ') }) };
  } catch (error) {
    if (error instanceof LeftOut) return { ...about, result: 'left out', reason: error.message };
    return { ...about, result: 'broken', reason: error instanceof Error ? error.message : String(error) };
  }
}

/** Why a check is left out, where that is known without running it. */
export function leftOutBefore(connector: Connector, { leaveOut }: ConformanceOptions, name: CheckName): string | undefined {
  const check: Check = CHECKS[name];
  return leaveOut?.[name] ?? check.emptyFor?.(connector);
}

function namesOf<T extends object>(record: T): readonly (keyof T)[] {
  // `as const` above: the object has these keys and no others.
  return Object.keys(record) as (keyof T)[];
}
