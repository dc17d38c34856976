import { setTimeout as sleep } from 'node:timers/promises';
import {
  type ActionDone,
  type ActionOutcome,
  connectionMemory,
  type ConnectorContext,
  type ComparablePlan,
} from '@castellan/connector-sdk';
import { createHttpFactory, type ObservedExchange } from '@castellan/http-client';
import { connector, type OktaConfig } from '../../src/index.js';
import { RecordingLogger } from './recording-logger.js';

/** So that what is tried again is tried again at once. */
const QUICK = { retryBaseMs: 1, retryCapMs: 5, concurrencyWaitMs: [1, 5], resetMarginMs: 1, maxWaitMs: 5_000 } as const;

/** Plans and does as a host does: a connection for each call. */
export class ActingHost {
  readonly logger = new RecordingLogger();
  /** All that went over the wire. */
  readonly wire: ObservedExchange[] = [];
  /** Ends what is under way. */
  stop = new AbortController();

  private constructor(private readonly config: OktaConfig) {}

  static async of(input: object): Promise<ActingHost> {
    const result = await connector.validateConfig({ actions: true, ...input }, { allowedHosts: ['127.0.0.1'] });
    if (!result.ok) throw new Error(JSON.stringify(result.issues));
    return new ActingHost(result.config);
  }

  plan(action: string, input: object, since?: string): Promise<ComparablePlan> {
    const told = { action, input, ...(since !== undefined && { since }) };
    return this.with((context) => connector.planAction({ ...context, ...told }));
  }

  act(action: string, input: object, expected?: string): Promise<ActionOutcome> {
    const told = { action, input, idempotencyKey: 'one wish', ...(expected !== undefined && { expected }) };
    return this.with((context) => connector.act({ ...context, ...told }));
  }

  /** Whatever plan there is. */
  async done(action: string, input: object): Promise<ActionDone> {
    const outcome = await this.act(action, input);
    if (outcome.outdated !== undefined) throw new Error('Nobody has agreed to a plan.');
    return outcome;
  }

  async with<T>(work: (context: ConnectorContext<OktaConfig>) => Promise<T>): Promise<T> {
    const { config, logger } = this;
    const { signal } = this.stop;
    const http = createHttpFactory({
      allowedHosts: ['127.0.0.1'],
      signal,
      logger,
      limits: QUICK,
      onExchange: (exchange) => this.wire.push(exchange),
    });
    try {
      const now = (): Date => new Date();
      return await work({ config, signal, logger, http: http.factory, now, memory: connectionMemory() });
    } finally {
      await http.close();
    }
  }
}

/** Until the clock has moved on: what happened before is told from what happens after. */
export const aMoment = (): Promise<void> => sleep(5);
