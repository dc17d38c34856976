import type { Logger, SyncPlan } from '@castellan/connector-sdk';
import type { ClaimedRun, RunStore, RunWait } from '../ports/run-store.js';

/** A person who looks wants to see it move; more often would be writes that nobody reads. */
const EVERY_MS = 1_000;

/** Notes a run's plan and waits in its row, also while nothing else happens because the run waits. */
export class ProgressNotes {
  readonly #timer: NodeJS.Timeout;
  #plan: SyncPlan | null = null;
  #noted = said(null, []);
  #writing = false;

  constructor(
    private readonly runs: RunStore,
    private readonly claimed: ClaimedRun,
    private readonly waits: () => readonly RunWait[],
    private readonly logger: Logger,
  ) {
    this.#timer = setInterval(() => void this.#note(), EVERY_MS);
    this.#timer.unref();
  }

  planned(plan: SyncPlan): void {
    this.#plan = plan;
  }

  end(): void {
    clearInterval(this.#timer);
  }

  async #note(): Promise<void> {
    const waits = this.waits();
    const now = said(this.#plan, waits);
    if (this.#writing || now === this.#noted) return;
    this.#writing = true;
    try {
      await this.runs.noteProgress(this.claimed, { at: new Date().toISOString(), plan: this.#plan, waits });
      this.#noted = now;
    } catch (error) {
      // The run itself says what is wrong with the store; a note is not worth ending it.
      this.logger.debug('progress not noted', { error: String(error) });
    } finally {
      this.#writing = false;
    }
  }
}

function said(plan: SyncPlan | null, waits: readonly RunWait[]): string {
  return JSON.stringify([plan, waits]);
}
