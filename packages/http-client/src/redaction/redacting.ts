import type { LogFields, Logger } from '@castellan/connector-sdk';
import { Redactor } from './redactor.js';

/**
 * A logger that takes the given secrets out of messages and fields, however they are spelled, and the values of fields
 * that are secret by name. Secrets of fewer than four characters are left: removing them would mangle every line.
 */
export function redacting(logger: Logger, secrets: readonly string[]): Logger {
  const redactor = new Redactor(secrets);
  const level =
    (name: keyof Logger) =>
    (message: string, fields?: LogFields): void => {
      if (fields === undefined) return logger[name](redactor.text(message));
      const clean = redactor.value(fields);
      logger[name](redactor.text(message), typeof clean === 'object' && clean !== null ? { ...clean } : {});
    };
  return { debug: level('debug'), info: level('info'), warn: level('warn'), error: level('error') };
}
