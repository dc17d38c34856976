import {
  type ActionOutcome,
  AbortedError,
  type ComparablePlan,
  type Connector,
  type ConnectorContext,
  connectionMemory,
  TransientError,
} from '@castellan/connector-sdk';
import { Redactor } from '@castellan/http-client';
import { type HttpSessions, type RunLoggers, secretValues } from '@castellan/sync-engine';

/** Whoever waits for a plan waits in front of a dialog; an action makes a few requests more. */
const LIMIT_MS = 60_000;

export interface ProviderActionsPorts {
  readonly http: HttpSessions;
  readonly loggers: RunLoggers;
  /** Aborted when the host stops. */
  readonly shutdown: AbortSignal;
}

/** What is to be looked at or done, with settings whose secrets are open. */
export interface Wanted {
  readonly connector: Connector;
  readonly config: object;
  readonly action: string;
  readonly input: unknown;
}

/** Plans and does actions, each by a connection of its own. */
export class ProviderActions {
  readonly #ports: ProviderActionsPorts;

  constructor(ports: ProviderActionsPorts) {
    this.#ports = ports;
  }

  /** @param since when it was done, where it was. @throws ConnectorError */
  plan(wanted: Wanted, since?: Date): Promise<ComparablePlan> {
    const { connector, action, input } = wanted;
    const told = { action, input, ...(since !== undefined && { since: since.toISOString() }) };
    return this.#with(wanted, (context) => connector.planAction({ ...context, ...told }));
  }

  /** @param agreed the fingerprint of the plan that somebody has agreed to. @throws ConnectorError */
  act(wanted: Wanted, agreed: string, idempotencyKey: string): Promise<ActionOutcome> {
    const { connector, action, input } = wanted;
    return this.#with(wanted, (context) => connector.act({ ...context, action, input, expected: agreed, idempotencyKey }));
  }

  async #with<T>({ connector, config, action }: Wanted, work: (context: ConnectorContext<object>) => Promise<T>): Promise<T> {
    const { http, loggers, shutdown } = this.#ports;
    const secrets = secretValues(connector.config, config);
    const logger = loggers({ connector: connector.id, task: 'action', action }, secrets);
    const limit = AbortSignal.timeout(LIMIT_MS);
    const signal = AbortSignal.any([shutdown, limit]);
    const session = http.open({ signal, logger });
    try {
      const context = { config, signal, logger, http: session.factory, now: () => new Date(), memory: connectionMemory() };
      // A copy of the same shape: only texts inside it are changed. Connectors put no secret there; a provider that echoes one would.
      return new Redactor(secrets).value(await work(context)) as T;
    } catch (error) {
      if (error instanceof AbortedError && limit.aborted && !shutdown.aborted)
        throw new TransientError({ message: `The provider did not answer within ${LIMIT_MS / 1_000} seconds.`, cause: error });
      throw error;
    } finally {
      await session.close();
    }
  }
}
