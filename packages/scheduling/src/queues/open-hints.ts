import type { SchedulingLog } from '../ports.js';
import type { HintStore } from './hint-store.js';
import { openPostgresHints } from './postgres-hints.js';
import { openRedisHints } from './redis-hints.js';
import { steadyWarnings } from './steady-warnings.js';

export interface HintsOptions {
  /** PostgreSQL. BullMQ keeps its tables in a schema of its own there. */
  readonly connectionString: string;
  /** Redis, instead. */
  readonly redisUrl?: string | undefined;
  readonly log: SchedulingLog;
}

/** Connects to where hints wait, and brings it up to date. @throws what it says when it cannot be reached */
export function openHints({ connectionString, redisUrl, log }: HintsOptions): Promise<HintStore> {
  const warn = steadyWarnings(log);
  const onError = (error: Error): void => warn('queue connection failed', error.message);
  return redisUrl === undefined ? openPostgresHints({ connectionString, onError }) : openRedisHints({ url: redisUrl, onError });
}
