import {
  type ActionGrants,
  type ActionOutcome,
  type AnyConnectorError,
  type ComparablePlan,
  type Connector,
  type ConnectorContext,
  ConnectorError,
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
  /** Aborted when somebody else may do it: nothing is sent any more. */
  readonly lost?: AbortSignal;
}

/** Of many that are looked at together. */
const LIMIT_OF_MANY_MS = 50_000;
/** Several, so that a person can wait for it; few, so that others who ask the provider have something left. */
const AT_ONCE = 4;

/** One of many: its plan, or why there is none. */
export type Looked =
  | { readonly plan: ComparablePlan; readonly error?: never }
  | { readonly plan?: never; readonly error: AnyConnectorError };

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

  /**
   * Looks at the same for each input, in the time that somebody waits for an answer: for what is left then there is an error, as for what
   * is refused.
   * @param gone aborted when nobody waits any more
   */
  async planEach(wanted: Omit<Wanted, 'input'>, inputs: readonly unknown[], gone: AbortSignal): Promise<readonly Looked[]> {
    const limit = AbortSignal.any([gone, AbortSignal.timeout(LIMIT_OF_MANY_MS)]);
    const looked: Looked[] = [];
    let next = 0;
    const work = async (): Promise<void> => {
      while (next < inputs.length) {
        const index = next;
        next += 1;
        looked[index] = limit.aborted
          ? { error: notLookedAt() }
          : await this.#lookAt({ ...wanted, input: inputs[index] }, limit);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return looked;
  }

  async #lookAt(wanted: Wanted, limit: AbortSignal): Promise<Looked> {
    const { connector, action, input } = wanted;
    try {
      const plan = await this.#with(wanted, (context) =>
        connector.planAction({ ...context, signal: AbortSignal.any([context.signal, limit]), action, input }),
      );
      return { plan };
    } catch (cause) {
      const error = ConnectorError.from(cause);
      return { error: error.kind === 'aborted' && limit.aborted ? notLookedAt() : error };
    }
  }

  /** What is granted of what actions need; `null`: it cannot be known. @throws ConnectorError */
  grants({ connector, config }: Pick<Wanted, 'connector' | 'config'>): Promise<ActionGrants | null> {
    const work = (context: ConnectorContext<object>) => connector.actionGrants?.(context) ?? Promise.resolve(null);
    return connected(this.#ports, { connector, config, fields: { task: 'action grants' }, limitMs: LIMIT_MS, tooSlow }, work);
  }

  /** @param agreed the fingerprint of the plan that somebody has agreed to. @throws ConnectorError */
  act(wanted: Wanted, agreed: string, idempotencyKey: string): Promise<ActionOutcome> {
    const { connector, action, input } = wanted;
    return this.#with(wanted, (context) => connector.act({ ...context, action, input, expected: agreed, idempotencyKey }));
  }

  #with<T>({ connector, config, action, lost }: Wanted, work: (context: ConnectorContext<object>) => Promise<T>): Promise<T> {
    const use = {
      connector,
      config,
      fields: { task: 'action', action },
      limitMs: LIMIT_MS,
      tooSlow,
      ...(lost !== undefined && { lost }),
    };
    return connected(this.#ports, use, work);
  }
}

function notLookedAt(): TransientError {
  const seconds = LIMIT_OF_MANY_MS / 1_000;
  return new TransientError({ message: `There was no time to look at it within ${seconds} seconds: ask for fewer at once.` });
}

function tooSlow(): TransientError {
  return new TransientError({ message: `The provider did not answer within ${LIMIT_MS / 1_000} seconds.` });
}
