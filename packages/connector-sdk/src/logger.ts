/** What varies in a log line. Values are written as JSON; never a secret, a whole record or an answer of the provider. */
export type LogFields = Readonly<Record<string, unknown>>;

/**
 * Bound by the host to connector, integration and run; redacts that integration's secrets.
 * `warn` and above carry a constant message and put what varies into `fields`, so that equal events group.
 */
export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}
