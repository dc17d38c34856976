import type { IntegrationProgress } from '@castellan/api';
import type { ListedRows, LiveRun } from '@castellan/storage';
import type { IntegrationOverview } from '../integrations/integration-views.js';
import { integrationProgress, type RunPace } from './progress-view.js';
import { RowRates } from './row-rates.js';

/** Where it is read from. Each is a constant number of statements, however many integrations there are. */
export interface ProgressSource {
  /** All that `work` reads is as of one moment: a status must not speak of a run that is not there. */
  atOnce<T>(work: () => Promise<T>): Promise<T>;
  overviews(workspaceId: string): Promise<readonly IntegrationOverview[]>;
  liveRuns(workspaceId: string): Promise<readonly LiveRun[]>;
  lastListed(workspaceId: string, runIds: readonly string[]): Promise<readonly ListedRows[]>;
}

/** What is remembered of a live run from look to look. */
interface KnownRun {
  /** Rows of each stream in its last complete listing. */
  readonly listed: ReadonlyMap<string, number>;
  readonly plan: string;
  readonly planSince: Date;
}

/** The progress of one workspace, and what only several looks can tell: rates, and how old a forecast is. */
export class WorkspaceProgress {
  readonly #source: ProgressSource;
  readonly #workspaceId: string;
  readonly #rates = new RowRates();
  #known: ReadonlyMap<string, KnownRun> = new Map();

  constructor(source: ProgressSource, workspaceId: string) {
    this.#source = source;
    this.#workspaceId = workspaceId;
  }

  async read(): Promise<readonly IntegrationProgress[]> {
    const { runs, overviews } = await this.#source.atOnce(async () => {
      const live = await this.#source.liveRuns(this.#workspaceId);
      this.#known = await this.#know(live);
      return { runs: live, overviews: await this.#source.overviews(this.#workspaceId) };
    });
    this.#rates.note(runs);
    const byIntegration = new Map(runs.map((run) => [run.integrationId, run]));
    return overviews.map((overview) => {
      const run = byIntegration.get(overview.id);
      return integrationProgress(overview, run, this.#paceOf(run));
    });
  }

  async #know(runs: readonly LiveRun[]): Promise<ReadonlyMap<string, KnownRun>> {
    const unknown = runs.filter(({ id, mode }) => mode === 'full' && !this.#known.has(id)).map(({ id }) => id);
    const listed = unknown.length === 0 ? [] : await this.#source.lastListed(this.#workspaceId, unknown);
    return new Map(runs.map((run) => [run.id, this.#knownOf(run, listed)]));
  }

  #knownOf({ id, progress, readAt }: LiveRun, listed: readonly ListedRows[]): KnownRun {
    const before = this.#known.get(id);
    const plan = JSON.stringify(progress?.plan ?? null);
    const ofRun = listed.filter(({ runId }) => runId === id).map(({ stream, rows }) => [stream, rows] as const);
    return {
      listed: before?.listed ?? new Map(ofRun),
      plan,
      planSince: before?.plan === plan ? before.planSince : readAt,
    };
  }

  #paceOf(run: LiveRun | undefined): RunPace {
    const id = run?.id ?? '';
    const known = this.#known.get(id);
    return {
      perSecond: (stream) => this.#rates.perSecond(id, stream),
      steady: (stream) => this.#rates.steady(id, stream),
      lastListed: (stream) => known?.listed.get(stream),
      planAge: run === undefined || known === undefined ? 0 : (run.readAt.getTime() - known.planSince.getTime()) / 1_000,
    };
  }
}
