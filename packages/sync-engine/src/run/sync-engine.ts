import {
  ConfigError,
  type ConfigEnvironment,
  type Connector,
  ConnectorError,
  ERROR_POLICY,
  InternalError,
  type Logger,
} from '@castellan/connector-sdk';
import type { ConnectorCatalogue } from '../catalogue/connector-catalogue.js';
import { secretValues } from '../config/secret-values.js';
import type { HttpSessions } from '../ports/http-sessions.js';
import { type IntegrationStore, type OpenedIntegration, SecretsLockedError } from '../ports/integration-store.js';
import type { RunLoggers } from '../ports/run-loggers.js';
import type { RunMeter } from '../ports/run-meter.js';
import { type ClaimedRun, FenceLostError, type RunOutcome, type RunStore, type SweepRule } from '../ports/run-store.js';
import { keepLease, RunStopped } from './lease-keeper.js';
import { ConnectionMemories } from './connection-memories.js';
import { noteGrants } from './note-grants.js';
import { outcomeOf, outcomeOfStop, type ReadResult, type RetryLimits } from './outcome.js';
import { ProgressNotes } from './progress-notes.js';
import { RunWork } from './run-work.js';
import { holdLargeRemovals } from './sweep-rule.js';
import { Watchdog } from './watchdog.js';

export interface SyncEnginePorts {
  readonly runs: RunStore;
  readonly integrations: IntegrationStore;
  readonly connectors: ConnectorCatalogue;
  readonly http: HttpSessions;
  readonly loggers: RunLoggers;
  readonly meter?: RunMeter;
}

export interface SyncEngineSettings {
  /** Names this process in leases. */
  readonly owner: string;
  readonly environment?: ConfigEnvironment;
  /** A crashed run is taken over after this long. Default 10 s. */
  readonly leaseMs?: number;
  /** Longest silence of a connector. Must exceed the longest wait of the http client (15 min). Default 30 min. */
  readonly stallMs?: number;
  /** How often the log is read while a listing takes longer. Default 60 s. */
  readonly followMs?: number;
  /** How long a run may be worked on while others wait. Default 60 s. */
  readonly turnMs?: number;
  /** Full runs at a time in this process, so that a place is left for polls. Default: any number. */
  readonly fullAtOnce?: number;
  readonly retry?: RetryLimits;
  readonly sweepRule?: SweepRule;
  readonly now?: () => Date;
}

/** Drives any connector: claims a run, pulls page after page, commits each, and says how it ended. */
export class SyncEngine {
  readonly #ports: SyncEnginePorts;
  readonly #settings: Required<Omit<SyncEngineSettings, 'retry'>> & Pick<SyncEngineSettings, 'retry'>;

  readonly #memories = new ConnectionMemories();
  /** Full runs at work here, or about to be. */
  #full = 0;

  constructor(ports: SyncEnginePorts, settings: SyncEngineSettings) {
    this.#ports = ports;
    this.#settings = {
      environment: {},
      leaseMs: 10_000,
      stallMs: 30 * 60_000,
      followMs: 60_000,
      turnMs: 60_000,
      fullAtOnce: Number.POSITIVE_INFINITY,
      sweepRule: holdLargeRemovals(),
      now: () => new Date(),
      ...settings,
    };
  }

  /**
   * Works on the run whose turn it is until it is over, waits, gives way, or is stopped.
   * @returns whether there was one: then another may wait.
   * @throws as `execute`
   */
  async takeTurn(shutdown: AbortSignal): Promise<boolean> {
    const claimed = await this.#claimNext();
    if (claimed === undefined) return false;
    try {
      await this.#hold(claimed, shutdown);
    } finally {
      if (claimed.mode === 'full') this.#full -= 1;
    }
    return true;
  }

  /**
   * Works on a run until it is over, waits, or is stopped. Safe to call twice for one run, here or on another host: the
   * second call finds the lease taken.
   * @param shutdown aborted when this process must end; the run is then given back at once.
   * @returns how the run ended; `undefined` when it was not ours to work on, or is no longer.
   * @throws what the store throws when it cannot even take the end of the run; the lease then runs out, and another attempt follows.
   */
  async execute(runId: string, shutdown: AbortSignal): Promise<RunOutcome | undefined> {
    const claimed = await this.#ports.runs.claim(runId, this.#settings.owner, this.#settings.leaseMs);
    return claimed && this.#hold(claimed, shutdown);
  }

  async #claimNext(): Promise<ClaimedRun | undefined> {
    const { owner, leaseMs, fullAtOnce } = this.#settings;
    const withFull = this.#full < fullAtOnce;
    // Before it is known: two that ask at once must not both get the last one.
    if (withFull) this.#full += 1;
    let claimed: ClaimedRun | undefined;
    try {
      claimed = await this.#ports.runs.claimNext(owner, leaseMs, withFull);
    } finally {
      if (withFull && claimed?.mode !== 'full') this.#full -= 1;
    }
    return claimed;
  }

  async #hold(claimed: ClaimedRun, shutdown: AbortSignal): Promise<RunOutcome | undefined> {
    const { runs, loggers, meter } = this.#ports;
    const began = performance.now();
    const logger = loggers({ run: claimed.runId, integration: claimed.integrationId, connector: claimed.connectorId }, []);
    const run = new AbortController();
    const onShutdown = (): void => run.abort(new RunStopped('shutdown'));
    shutdown.addEventListener('abort', onShutdown);
    if (shutdown.aborted) onShutdown();
    const kept = keepLease(runs, claimed, this.#settings, run, logger);
    try {
      const outcome = await this.#work(claimed, run, logger);
      if (outcome === undefined) return undefined;
      await runs.finish(claimed, outcome);
      meter?.ended(claimed, outcome.state, (performance.now() - began) / 1_000);
      logger.info('run ended', { outcome: outcome.state, ...('error' in outcome && { error: outcome.error }) });
      return outcome;
    } catch (error) {
      if (!(error instanceof FenceLostError)) throw error;
      // Which of them is in its row.
      logger.info('run ended elsewhere: paused, cancelled, deleted, given new settings, or taken over by another host');
      return undefined;
    } finally {
      shutdown.removeEventListener('abort', onShutdown);
      run.abort(new RunStopped('shutdown'));
      await kept;
    }
  }

  async #work(claimed: ClaimedRun, run: AbortController, logger: Logger): Promise<RunOutcome | undefined> {
    const now = this.#settings.now;
    try {
      const errors = await this.#read(claimed, run);
      const stopped = stopReason(run.signal);
      if (stopped !== undefined) return outcomeOfStop(stopped, claimed.attempt, this.#settings.retry);
      return outcomeOf(errors, claimed.attempt, now(), this.#settings.retry, claimed.mode);
    } catch (error) {
      const stopped = stopReason(run.signal);
      if (stopped !== undefined) return outcomeOfStop(stopped, claimed.attempt, this.#settings.retry);
      if (error instanceof FenceLostError) throw error;
      if (ConnectorError.is(error)) {
        logger.error('run could not be worked on', { error: error.view(), detail: error.detail });
        return { state: 'failed', error: error.view() };
      }
      // The store: it may be away for a moment, or refuse for good. A bounded number of tries covers both.
      logger.error('run broke off', { detail: error instanceof Error ? (error.stack ?? error.message) : String(error) });
      const broken = { kind: 'transient', message: 'What was read could not be stored. The log has the details.' } as const;
      return outcomeOf({ asked: 1, complete: 0, errors: [broken] }, claimed.attempt, now(), this.#settings.retry, claimed.mode);
    }
  }

  async #read(claimed: ClaimedRun, run: AbortController): Promise<ReadResult> {
    const { runs, http, loggers } = this.#ports;
    const { connector, config, secrets } = await this.#prepare(claimed);
    const logger = loggers({ run: claimed.runId, integration: claimed.integrationId, connector: connector.id }, secrets);
    const session = http.open({ signal: run.signal, logger });
    const watchdog = new Watchdog(this.#settings.stallMs, run);
    const notes = new ProgressNotes(runs, claimed, session.waits, logger);
    try {
      const context = {
        config,
        signal: run.signal,
        logger,
        http: session.factory,
        now: this.#settings.now,
        memory: this.#memories.of(claimed.integrationId, config),
      };
      const work = new RunWork({
        runs,
        claimed,
        connector,
        context,
        streams: connector.streamsOf(config),
        sweepRule: this.#settings.sweepRule,
        logger,
        onProgress: () => watchdog.touch(),
        onPlan: (plan) => notes.planned(plan),
        followMs: this.#settings.followMs,
      });
      const read = await work.run();
      const { integrationId, mode } = claimed;
      // A run that its credential has ended would only be told the same once more.
      const isOver = run.signal.aborted || read.errors.some(({ kind }) => ERROR_POLICY[kind].ends === 'run');
      if (mode === 'full' && !isOver)
        await noteGrants({ connector, context, integrations: this.#ports.integrations, integrationId });
      return read;
    } finally {
      notes.end();
      watchdog.end();
      await session.close();
    }
  }

  async #prepare(claimed: ClaimedRun): Promise<{ connector: Connector; config: object; secrets: readonly string[] }> {
    const connector = this.#ports.connectors.get(claimed.connectorId);
    const integration = await openIntegration(this.#ports.integrations, claimed.integrationId);
    if (integration === undefined) throw new InternalError({ message: 'The integration no longer exists.' });
    const validated = await connector.validateConfig(integration.config, this.#settings.environment);
    if (!validated.ok) {
      const [first = { field: '', message: 'The settings are not valid.' }] = validated.issues;
      throw new ConfigError({ field: first.field, message: first.message });
    }
    return { connector, config: validated.config, secrets: secretValues(connector.config, validated.config) };
  }
}

async function openIntegration(integrations: IntegrationStore, id: string): Promise<OpenedIntegration | undefined> {
  try {
    return await integrations.open(id);
  } catch (error) {
    if (!(error instanceof SecretsLockedError)) throw error;
    const message =
      'The stored secrets cannot be opened. Connect the integration again, or start the host with the key that sealed them.';
    throw new ConfigError({ field: '', message, detail: error.message, cause: error });
  }
}

function stopReason(signal: AbortSignal) {
  return signal.aborted && signal.reason instanceof RunStopped ? signal.reason.reason : undefined;
}
