import type { LoggerService } from '@nestjs/common';
import type { RootLogger } from './root-logger.js';

/** Lets Nest write through pino. Nest's convention: the last argument is the context; for `error` the stack stands before it. */
export class NestLogger implements LoggerService {
  readonly #pino: RootLogger;

  constructor(pino: RootLogger) {
    this.#pino = pino;
  }

  // Nest reports every module and route at start: of no use to an operator.
  log(message: unknown, ...rest: readonly unknown[]): void {
    this.#write('debug', message, rest);
  }
  debug(message: unknown, ...rest: readonly unknown[]): void {
    this.#write('debug', message, rest);
  }
  verbose(message: unknown, ...rest: readonly unknown[]): void {
    this.#write('trace', message, rest);
  }
  warn(message: unknown, ...rest: readonly unknown[]): void {
    this.#write('warn', message, rest);
  }
  error(message: unknown, ...rest: readonly unknown[]): void {
    this.#write('error', message, rest);
  }
  fatal(message: unknown, ...rest: readonly unknown[]): void {
    this.#write('fatal', message, rest);
  }

  #write(level: 'trace' | 'debug' | 'warn' | 'error' | 'fatal', message: unknown, rest: readonly unknown[]): void {
    const context = rest.at(-1);
    const stack = rest.slice(0, -1).find((part) => typeof part === 'string');
    const fields = { ...(typeof context === 'string' && { context }), ...(stack !== undefined && { stack }) };
    if (message instanceof Error) return this.#pino[level]({ ...fields, err: message }, message.message);
    this.#pino[level](fields, typeof message === 'string' ? message : JSON.stringify(message));
  }
}
