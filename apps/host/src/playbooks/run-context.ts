import type { ActionInfo } from '@castellan/connector-sdk';
import type { Playbook } from '@castellan/playbooks';
import type { Integration, PlaybookRun, StoredStep } from '@castellan/storage';

/** A run that is driven, and what it is driven with. */
export interface RunContext {
  readonly run: PlaybookRun;
  /** As it was when the run began. */
  readonly playbook: Playbook;
  readonly integration: Integration;
  readonly offered: readonly ActionInfo[];
  readonly known: readonly ActionInfo[];
  /** Aborted when the host ends, or when somebody else may drive it: nothing is asked any more. */
  readonly lost: AbortSignal;
  readonly met: Met;
}

/** What whoever drives it has met on the way. */
export interface Met {
  /** What the provider has said: it is asked for nothing more for the moment. */
  trouble?: string;
  /** When to look again at what is still open. */
  afterMs: number;
}

/** What a look at a step has shown. */
export interface Looked {
  readonly entry: StoredStep;
  /** Where it goes on: `null` with the next step; `undefined`: not yet. */
  readonly to: string | null | undefined;
  /** When to look again. */
  readonly afterMs: number;
}

/** What the database does not hasten (see `PlaybookLeases.wake`): what somebody else has asked for before, and was taken over. */
export const LOOK_AGAIN_MS = 15_000;
/** What is hastened, if that should fail. */
export const SLOW_LOOK_MS = 60_000;
/** What only an answer changes, which is looked at at once. */
export const SELDOM_LOOK_MS = 10 * SLOW_LOOK_MS;
