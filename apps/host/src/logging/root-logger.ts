import { type DestinationStream, pino, type Logger as Pino, stdTimeFunctions } from 'pino';
import type { LogLevel } from '../settings/variables.js';

export type RootLogger = Pino;

/** Keys whose values no log line may carry, at the levels where a careless caller would put them. The settings' own
 * secrets are removed by value, by `runLoggers`; this is the second net. */
const SECRET_KEYS = ['authorization', 'cookie', 'password', 'clientSecret', 'privateKey', 'apiToken', 'token', 'secret'];

export function rootLogger(level: LogLevel, destination?: DestinationStream): RootLogger {
  const paths = SECRET_KEYS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]);
  const options = {
    level,
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths, censor: '[redacted]' },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}
