import {
  type ActionOutcome,
  type ComparablePlan,
  type Connector,
  type ConnectorContext,
  TransientError,
} from '@castellan/connector-sdk';
import { connected, type ConnectionPorts } from '../connectors/connected.js';

/** Whoever waits for a plan waits in front of a dialog; an action makes a few requests more. */
const LIMIT_MS = 60_000;

/** What is to be looked at or done, with settings whose secrets are open. */
export interface Wanted {
  readonly connector: Connector;
  readonly config: object;
  readonly action: string;
  readonly input: unknown;
}

/** Plans and does actions, each by a connection of its own. */
export class ProviderActions {
  readonly #ports: ConnectionPorts;

  constructor(ports: ConnectionPorts) {
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

  #with<T>({ connector, config, action }: Wanted, work: (context: ConnectorContext<object>) => Promise<T>): Promise<T> {
    const use = { connector, config, fields: { task: 'action', action }, limitMs: LIMIT_MS, tooSlow };
    return connected(this.#ports, use, work);
  }
}

function tooSlow(): TransientError {
  return new TransientError({ message: `The provider did not answer within ${LIMIT_MS / 1_000} seconds.` });
}
