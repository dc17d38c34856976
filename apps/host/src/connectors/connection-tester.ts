import type { ConnectionReport, Connector } from '@castellan/connector-sdk';
import { Problem } from '../problems/problem.js';
import { connected, type ConnectionPorts } from './connected.js';

/** A person waits in front of a dialog. Connectors try some twenty requests at most. */
const LIMIT_MS = 60_000;

/** Tries a connection with settings that were validated: given ones or stored ones, never a mixture. */
export class ConnectionTester {
  readonly #ports: ConnectionPorts;

  constructor(ports: ConnectionPorts) {
    this.#ports = ports;
  }

  /** @throws Problem when there was no time to finish. What the customer can mend is in the report. */
  async test(connector: Connector, config: object): Promise<ConnectionReport> {
    const use = { connector, config, fields: { task: 'connection test' }, limitMs: LIMIT_MS, tooSlow };
    return connected(this.#ports, use, (context) => connector.testConnection(context));
  }
}

function tooSlow(): Problem {
  const detail = `The provider did not answer within ${LIMIT_MS / 1_000} seconds. Try again later.`;
  return new Problem({ code: 'connection-timeout', detail });
}
