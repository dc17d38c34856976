import type { HttpFactory, Logger } from '@castellan/connector-sdk';
import type { RunWait } from './run-store.js';

/** One run's (or one connection test's) network: its sockets die with it. */
export interface HttpSession {
  readonly factory: HttpFactory;
  /** What requests wait for at this moment, by bucket. */
  readonly waits: () => readonly RunWait[];
  close(): Promise<void>;
}

export interface HttpSessions {
  open(options: { readonly signal: AbortSignal; readonly logger: Logger }): HttpSession;
}
