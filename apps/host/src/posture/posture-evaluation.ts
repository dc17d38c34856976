import type { Connector, Logger } from '@castellan/connector-sdk';
import { ALL_CHECKS, type Look, type LookedAt, lookAt } from '@castellan/posture';
import { SetAside, type WorkExecutor } from '@castellan/scheduling';
import type { Integration, Storage } from '@castellan/storage';
import { Inject, Injectable } from '@nestjs/common';
import { ConnectorDesk } from '../connectors/connector-desk.js';
import { Metrics } from '../metrics/metrics.js';
import { STORAGE } from '../storage/storage-token.js';

export const POSTURE_LOG = Symbol('PostureLog');

/** Of one statement: beyond what a check gives itself, which answers that it is broken. */
const MOST_MS = 180_000;
/** Whoever could not be looked at is left alone for so long: the others must not wait for what fails each time. */
const AGAIN_MS = 10 * 60_000;

/** Looks at organisations with all checks. Each check is kept by itself, so that one who is killed leaves whole answers only. */
@Injectable()
export class PostureEvaluation implements WorkExecutor {
  readonly #storage: Storage;
  readonly #desk: ConnectorDesk;
  readonly #metrics: Metrics;
  readonly #log: Logger;
  readonly setAside = new SetAside(AGAIN_MS);

  constructor(
    @Inject(STORAGE) storage: Storage,
    @Inject(ConnectorDesk) desk: ConnectorDesk,
    @Inject(Metrics) metrics: Metrics,
    @Inject(POSTURE_LOG) log: Logger,
  ) {
    this.#storage = storage;
    this.#desk = desk;
    this.#metrics = metrics;
    this.#log = log;
  }

  async execute(id: string, shutdown: AbortSignal): Promise<void> {
    try {
      await this.#look(id, shutdown);
      this.setAside.delete(id);
    } catch (cause) {
      // The next start finds that it is due still.
      if (shutdown.aborted) return;
      this.setAside.add(id);
      this.#log.warn('an organisation was not looked at', { integration: id, error: wordsOf(cause) });
    }
  }

  async #look(id: string, shutdown: AbortSignal): Promise<void> {
    const integration = await this.#storage.integrations.find(id);
    // Deleted while it waited.
    if (integration === undefined) return;
    const connector = this.#desk.connectorOf(integration);
    const at = await this.#lookedAt(integration, connector);
    const began = performance.now();
    const look = await this.#storage.bounded({ mostMs: MOST_MS, unwanted: shutdown }, () =>
      lookAt(this.#storage, at, ALL_CHECKS, {
        signal: shutdown,
        onBroken: (check, cause) => {
          if (!shutdown.aborted) this.#log.error('a check is broken', { integration: id, check, error: wordsOf(cause) });
        },
      }),
    );
    this.#tell(integration, look, performance.now() - began);
  }

  async #lookedAt(integration: Integration, connector: Connector): Promise<LookedAt> {
    const { id, workspaceId, connectorId, scheduleSeconds, config } = integration;
    const wanted = new Set(connector.streamsOf(config).map(({ name }) => name));
    const states = await this.#storage.streams.list(workspaceId, id);
    return {
      workspaceId,
      integrationId: id,
      connectorId,
      scheduleSeconds,
      offered: { all: connector.streams, wanted },
      states,
    };
  }

  #tell({ id: integration, connectorId: connector }: Integration, { checked, whole }: Look, ms: number): void {
    this.#metrics.lookSeconds.observe({ connector, scope: whole ? 'all' : 'changed' }, ms / 1_000);
    const count = (status: string): number => checked.filter((one) => one.status === status).length;
    const facts = { integration, whole, checks: checked.length, failed: count('failed'), unknown: count('unknown') };
    // What a poll has read concerns no check most of the time.
    const level = checked.length === 0 ? 'debug' : 'info';
    this.#log[level]('organisation looked at', { ...facts, ms: Math.round(ms) });
  }
}

function wordsOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
