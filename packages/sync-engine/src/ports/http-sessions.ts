import type { HttpFactory, Logger } from '@castellan/connector-sdk';

/** One run's (or one connection test's) network: its sockets die with it. */
export interface HttpSession {
  readonly factory: HttpFactory;
  close(): Promise<void>;
}

export interface HttpSessions {
  open(options: { readonly signal: AbortSignal; readonly logger: Logger }): HttpSession;
}
