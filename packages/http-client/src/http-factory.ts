import { setMaxListeners } from 'node:events';
import type { HttpFactory, Logger } from '@castellan/connector-sdk';
import { GuardedClient } from './client/guarded-client.js';
import type { OnExchange } from './client/observed-exchange.js';
import { systemClock } from './clock.js';
import type { Wait } from './governor/governor.js';
import { Governors, type OriginProgress } from './governor/governors.js';
import { guardedAgent } from './guard/guarded-agent.js';
import type { ResolveAll } from './guard/guarded-lookup.js';
import { DEFAULT_LIMITS, type Limits } from './limits.js';

export interface HttpFactoryOptions {
  /** `host` or `host:port` that the operator allows: may be private, and may be spoken to over plain http. */
  readonly allowedHosts: readonly string[];
  /** The run's. */
  readonly signal: AbortSignal;
  readonly logger: Logger;
  readonly now?: () => number;
  /** From 0 up to 1. */
  readonly random?: () => number;
  readonly onWait?: (wait: Wait) => void;
  /** Called with each attempt when it is over. **Unredacted**: see `ObservedExchange`. */
  readonly onExchange?: OnExchange;
  readonly limits?: Partial<Limits>;
  /** Asked in place of the system's resolver. */
  readonly resolve?: ResolveAll;
}

/** The factory goes to the connector; `close` stays with the host, so that no connector ends what others use. */
export interface GuardedHttp {
  readonly factory: HttpFactory;
  /** How each bucket that was ever asked for is getting on: a snapshot, cheap enough to take every second. */
  readonly progress: () => readonly OriginProgress[];
  /** Open sockets, for tests and diagnosis. */
  readonly openSockets: () => number;
  /** Ends every socket; whatever is under way ends as aborted. */
  readonly close: () => Promise<void>;
}

/** The port behind which retries, rate limits, link hosts, body caps, time-outs and the guard against inward addresses live. */
export function createHttpFactory(options: HttpFactoryOptions): GuardedHttp {
  const { allowedHosts, logger, now, random = Math.random } = options;
  const { signal, end } = ownSignal(options.signal);
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const agent = guardedAgent({
    allowedHosts,
    connectMs: limits.idleMs,
    ...(options.resolve !== undefined && { resolve: options.resolve }),
  });
  // Requests let go by themselves; idle and half-open sockets would outlive the run.
  signal.addEventListener('abort', () => void agent.destroy(), { once: true });
  const onWait = (wait: Wait): void => {
    try {
      options.onWait?.(wait);
    } catch (error) {
      // It runs inside a timer, where an exception would end the process.
      logger.warn('the progress display failed', { error });
    }
  };
  const surroundings = { limits, clock: systemClock(now), random, signal, onWait };
  const governors = new Governors(surroundings);
  const { onExchange } = options;
  const around = { ...surroundings, dispatcher: agent.dispatcher, logger, governors, onExchange };
  return {
    factory: (clientOptions) => new GuardedClient(clientOptions, around, allowedHosts),
    progress: () => governors.progress(),
    openSockets: () => agent.sockets.size,
    close: async () => {
      end();
      await agent.destroy();
    },
  };
}

/** Ends with the run or with `end`. One of our own, since every waiting request listens to it, which Node else warns about. */
function ownSignal(run: AbortSignal): { readonly signal: AbortSignal; readonly end: () => void } {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  const follow = (): void => controller.abort(run.reason);
  if (run.aborted) follow();
  run.addEventListener('abort', follow, { once: true });
  const end = (): void => {
    run.removeEventListener('abort', follow);
    controller.abort(new Error('the HTTP client was closed'));
  };
  return { signal: controller.signal, end };
}
