import { noteStillThere, type StreamFreshness } from '@castellan/storage';
import type { Check } from '../check/check.js';
import { noteBroken } from '../paths/keep-survey.js';
import { keepScores } from '../score/keep-scores.js';
import { readSettings, settingsOf, valuesOf } from '../settings/check-settings.js';
import type { OfferedStreams } from './data-state.js';
import { noteLook, sinceLastLook } from './due.js';
import { type CheckedOne, evaluate, type Evaluating } from './evaluate.js';
import { mayOpenOrClose, surveyOf } from './survey-of.js';
import { withdrawAllBut } from './withdraw.js';

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
  options: LookOptions = {},
): Promise<Look> {
  const { whole = false, signal, onChecked, onBroken } = options;
  const since = await sinceLastLook(where.queries, at.integrationId);
  const changed = whole ? undefined : since.changed;
  if (changed === undefined || (await mayOpenOrClose(where.queries, at.integrationId, changed)))
    await survey(where, at, options);
  const stored = await readSettings(where.queries, at.workspaceId);
  const on = checks.filter((check) => settingsOf(stored, check).enabled);
  // Of what was set since the last look everything is looked at.
  if (changed === undefined) await withdrawAllBut(where, at, on);
  const checked = await evaluate(where, {
    ...at,
    checks: on.map((check) => ({ check, parameters: valuesOf(check, settingsOf(stored, check)) })),
    ...(changed !== undefined && { changed }),
    ...(signal !== undefined && { signal }),
    ...(onChecked !== undefined && { onChecked }),
    ...(onBroken !== undefined && { onBroken }),
  });
  await where.transaction(async () => {
    await keepScores(where.queries, at, checks);
    await noteStillThere(where.queries, at.integrationId, since.at);
    await noteLook(where.queries, at.integrationId, { ...since, changed });
  });
  return { checked, whole: changed === undefined };
}

/** Ways that cannot be found leave those of before, and stop no check. */
async function survey(where: Evaluating, at: LookedAt, { signal, onBroken }: LookOptions): Promise<void> {
  try {
    await surveyOf(where, at, signal);
  } catch (cause) {
    signal?.throwIfAborted();
    onBroken?.('ways to tier zero', cause);
    await noteBroken(where.queries, at.integrationId);
  }
}
