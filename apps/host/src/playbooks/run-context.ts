import type { ActionInfo } from '@castellan/connector-sdk';
import type { Playbook } from '@castellan/playbooks';
import type { Integration, PlaybookRun, PlaybookWait, StoredStep } from '@castellan/storage';

/** A run that is driven, and what it is driven with. */
export interface RunContext {
  readonly run: PlaybookRun;
  /** As it was when the run began. */
  readonly playbook: Playbook;
  readonly integration: Integration;
  readonly offered: readonly ActionInfo[];
  readonly known: readonly ActionInfo[];
}

/** What a look at a step has shown. */
export interface Looked {
  readonly entry: StoredStep;
  /** Where it goes on: `null` with the next step; `undefined`: not yet. */
  readonly to: string | null | undefined;
  readonly waitsFor: PlaybookWait | null;
  /** When to look again. */
  readonly afterMs: number;
}

/** Whether a request that waits for an agreement, or one that is done, is looked at again. */
export const LOOK_AGAIN_MS = 5_000;
/** What people and providers do is not missed for longer. */
export const SLOW_LOOK_MS = 60_000;
