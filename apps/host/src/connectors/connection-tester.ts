import type { ConnectionReport, Connector } from '@castellan/connector-sdk';
import { connectionMemory, ConnectorError } from '@castellan/connector-sdk';
import { Redactor } from '@castellan/http-client';
import { type HttpSessions, type RunLoggers, secretValues } from '@castellan/sync-engine';
import { Problem } from '../problems/problem.js';

/** A person waits in front of a dialog. Connectors try some twenty requests at most. */
const LIMIT_MS = 60_000;

export interface ConnectionTesterPorts {
  readonly http: HttpSessions;
  readonly loggers: RunLoggers;
  /** Aborted when the host stops. */
  readonly shutdown: AbortSignal;
}

/** Tries a connection with settings that were validated: given ones or stored ones, never a mixture. */
export class ConnectionTester {
  readonly #ports: ConnectionTesterPorts;

  constructor(ports: ConnectionTesterPorts) {
    this.#ports = ports;
  }

  /** @throws Problem when there was no time to finish. What the customer can mend is in the report. */
  async test(connector: Connector, config: object): Promise<ConnectionReport> {
    const { http, loggers, shutdown } = this.#ports;
    const secrets = secretValues(connector.config, config);
    const logger = loggers({ connector: connector.id, task: 'connection test' }, secrets);
    const limit = AbortSignal.timeout(LIMIT_MS);
    const signal = AbortSignal.any([shutdown, limit]);
    const session = http.open({ signal, logger });
    try {
      const context = { config, signal, logger, http: session.factory, now: () => new Date(), memory: connectionMemory() };
      const report = await connector.testConnection(context);
      return withoutSecrets(report, secrets);
    } catch (error) {
      if (limit.aborted && ConnectorError.is(error) && error.kind === 'aborted') throw tooSlow();
      throw error;
    } finally {
      await session.close();
    }
  }
}

/** Connectors do not put secrets into messages; a provider that echoes one would. */
function withoutSecrets(report: ConnectionReport, secrets: readonly string[]): ConnectionReport {
  // A copy of the same shape: only texts inside it are changed.
  return new Redactor(secrets).value(report) as ConnectionReport;
}

function tooSlow(): Problem {
  const detail = `The provider did not answer within ${LIMIT_MS / 1_000} seconds. Try again later.`;
  return new Problem({ code: 'connection-timeout', detail });
}
