import type { LogFields, Logger } from '@castellan/connector-sdk';
import { redacting } from '@castellan/http-client';
import type { RunLoggers } from '@castellan/sync-engine';
import type { RootLogger } from './root-logger.js';

/** Loggers for runs and connection tests: every line carries `fields`, none carries one of the integration's secrets. */
export function runLoggers(root: RootLogger): RunLoggers {
  return (fields, secrets) => {
    const pino = root.child(fields);
    const write =
      (level: 'debug' | 'info' | 'warn' | 'error') =>
      (message: string, more: LogFields = {}): void =>
        pino[level](more, message);
    const plain: Logger = { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
    const clean = redacting(plain, secrets);
    // Redaction copies all fields: not for the line a page that nobody will see.
    return pino.isLevelEnabled('debug') ? clean : { ...clean, debug: () => undefined };
  };
}
