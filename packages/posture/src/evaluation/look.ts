import type { StreamFreshness } from '@castellan/storage';
import type { Check } from '../check/check.js';
import { keepScores } from '../score/keep-scores.js';
import { readSettings, settingsOf, valuesOf } from '../settings/check-settings.js';
import type { OfferedStreams } from './data-state.js';
import { noteLook, sinceLastLook } from './due.js';
import { type CheckedOne, evaluate, type Evaluating } from './evaluate.js';
import { mayOpenOrClose, surveyOf } from './survey-of.js';
import { withdraw } from './withdraw.js';

/** An organisation, as a look at it needs it. */
export interface LookedAt {
  readonly workspaceId: string;
  readonly integrationId: string;
  readonly connectorId: string;
  readonly scheduleSeconds: number;
  readonly offered: OfferedStreams;
  readonly states: readonly StreamFreshness[];
}

export interface LookOptions {
  /** Everything, whatever has changed. */
  readonly whole?: boolean;
  readonly signal?: AbortSignal;
  readonly onChecked?: (checked: CheckedOne) => void;
  readonly onBroken?: (check: string, cause: unknown) => void;
}

export interface Look {
  readonly checked: readonly CheckedOne[];
  /** Whether every check was looked at. */
  readonly whole: boolean;
}

/**
 * Looks at an organisation with the checks of its workspace: with those whose data has changed since the last look, or with all.
 * What is switched off is withdrawn; afterwards the score of the day is kept.
 */
export async function lookAt(
  where: Evaluating,
  at: LookedAt,
  checks: readonly Check[],
  { whole = false, signal, onChecked, onBroken }: LookOptions = {},
): Promise<Look> {
  const since = await sinceLastLook(where.queries, at.integrationId);
  const changed = whole ? undefined : since.changed;
  if (changed === undefined || (await mayOpenOrClose(where.queries, at.integrationId, changed)))
    await surveyOf(where, at, signal);
  const stored = await readSettings(where.queries, at.workspaceId);
  const isOn = (check: Check): boolean => settingsOf(stored, check).enabled;
  for (const check of checks.filter((one) => !isOn(one))) await where.transaction(() => withdraw(where.queries, at, check));
  const checked = await evaluate(where, {
    ...at,
    checks: checks.filter(isOn).map((check) => ({ check, parameters: valuesOf(check, settingsOf(stored, check)) })),
    ...(changed !== undefined && { changed }),
    ...(signal !== undefined && { signal }),
    ...(onChecked !== undefined && { onChecked }),
    ...(onBroken !== undefined && { onBroken }),
  });
  await where.transaction(async () => {
    await keepScores(where.queries, at, checks);
    await noteLook(where.queries, at.integrationId, since.at, changed === undefined);
  });
  return { checked, whole: changed === undefined };
}
