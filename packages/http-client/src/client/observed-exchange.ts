import type { HttpMethod, Logger } from '@castellan/connector-sdk';
import type { Clock } from '../clock.js';
import { type Envelope, type Exchange, exchange, type ExchangeOptions } from './exchange.js';

/**
 * One attempt as it went over the wire, for whoever traces or records a run. **Nothing in it is redacted**: who keeps it must do
 * that (`ContentRedactor`). Times in milliseconds since 1970.
 */
export interface ObservedExchange extends AttemptFacts {
  readonly startedAt: number;
  /** When the head of the answer was there; `undefined`: none came. */
  readonly answeredAt: number | undefined;
  readonly endedAt: number;
  readonly method: HttpMethod;
  readonly url: URL;
  readonly requestHeaders: Readonly<Record<string, string>>;
  /** `undefined`: the run was stopped meanwhile. */
  readonly outcome: Exchange | undefined;
}

/** What is known of an attempt before it is sent. */
export interface AttemptFacts {
  /** When it began to wait for its turn. */
  readonly askedAt: number;
  /** 1 for the first. */
  readonly attempt: number;
  /** The form that it sends, which asks for a token: the answer holds one. */
  readonly form: Readonly<Record<string, string>> | undefined;
  /** What is sent as a credential and may come back in an answer. */
  readonly sentSecrets: readonly string[];
}

export type OnExchange = (exchange: ObservedExchange) => void;

export interface ObservedOptions extends ExchangeOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly onExchange: OnExchange | undefined;
}

/** `exchange`, with somebody who looks on. Without one it costs nothing. */
export async function observedExchange(envelope: Envelope, options: ObservedOptions, facts: AttemptFacts): Promise<Exchange> {
  const { clock, logger, onExchange, onHead } = options;
  if (onExchange === undefined) return exchange(envelope, options);
  const startedAt = clock.now();
  let answeredAt: number | undefined;
  const told: ExchangeOptions['onHead'] = (status, headers) => {
    answeredAt = clock.now();
    onHead(status, headers);
  };
  let outcome: Exchange | undefined;
  try {
    outcome = await exchange(envelope, { ...options, onHead: told });
    return outcome;
  } finally {
    const { method, url, headers: requestHeaders } = envelope;
    try {
      onExchange({ ...facts, startedAt, answeredAt, endedAt: clock.now(), method, url, requestHeaders, outcome });
    } catch (error) {
      // What looks on must not end what it looks at.
      logger.warn('the observer of requests failed', { error });
    }
  }
}
