import {
  type Connector,
  type ConnectorContext,
  connectionMemory,
  ConnectorError,
  type LogFields,
} from '@castellan/connector-sdk';
import { Redactor } from '@castellan/http-client';
import { type HttpSessions, type RunLoggers, secretValues } from '@castellan/sync-engine';

/** What a call of a connector outside of any run is made with. */
export interface ConnectionPorts {
  readonly http: HttpSessions;
  readonly loggers: RunLoggers;
  /** Aborted when the host stops. */
  readonly shutdown: AbortSignal;
}

/** One such call. */
export interface ConnectionUse {
  readonly connector: Connector;
  /** With its secrets in the clear. */
  readonly config: object;
  /** For the log. */
  readonly fields: LogFields;
  readonly limitMs: number;
  /** Aborted when whoever calls may not go on any more. */
  readonly lost?: AbortSignal;
  /** What is thrown when there was no time to finish. */
  readonly tooSlow: () => Error;
}

/** By a connection of its own, which ends with the call, with nothing kept. What comes back has no secret of the settings in it. */
export async function connected<T>(
  { http, loggers, shutdown }: ConnectionPorts,
  { connector, config, fields, limitMs, tooSlow, lost }: ConnectionUse,
  work: (context: ConnectorContext<object>) => Promise<T>,
): Promise<T> {
  const secrets = secretValues(connector.config, config);
  const logger = loggers({ connector: connector.id, ...fields }, secrets);
  const limit = AbortSignal.timeout(limitMs);
  const signal = AbortSignal.any([shutdown, limit, ...(lost === undefined ? [] : [lost])]);
  const session = http.open({ signal, logger });
  try {
    const context = { config, signal, logger, http: session.factory, now: () => new Date(), memory: connectionMemory() };
    // Connectors do not put secrets into answers; a provider that echoes one would. A copy of the same shape: only texts inside it change.
    return new Redactor(secrets).value(await work(context)) as T;
  } catch (error) {
    if (limit.aborted && !shutdown.aborted && lost?.aborted !== true && ConnectorError.is(error) && error.kind === 'aborted')
      throw tooSlow();
    throw error;
  } finally {
    await session.close();
  }
}
