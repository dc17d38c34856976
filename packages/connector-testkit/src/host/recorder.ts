import type { LogFields, Logger } from '@castellan/connector-sdk';

/** Keeps all that a connector says: what is in here would be in logs, runs and records of a host. */
export class Recorder {
  /** Off for runs so long that what is kept here would be what fills the memory. */
  keeps = true;
  readonly #texts: { readonly where: string; readonly text: string }[] = [];
  readonly logger: Logger = {
    debug: (message, fields) => this.#log('debug', message, fields),
    info: (message, fields) => this.#log('info', message, fields),
    warn: (message, fields) => this.#log('warn', message, fields),
    error: (message, fields) => this.#log('error', message, fields),
  };

  note(where: string, value: unknown): void {
    if (this.keeps) this.#texts.push({ where, text: textOf(value) });
  }

  /** Where one of these values was said. */
  whereSaid(values: readonly string[]): string | undefined {
    return this.#texts.find(({ text }) => values.some((value) => text.includes(value)))?.where;
  }

  #log(level: string, message: string, fields: LogFields = {}): void {
    this.note(`a log line ("${message}")`, [level, message, fields]);
  }
}

/** As a log would write it: an error's telling parts are not enumerable. */
function textOf(value: unknown): string {
  const seen = new Set<object>();
  const text = JSON.stringify(value, (_, item: unknown) => {
    if (typeof item !== 'object' || item === null) return typeof item === 'bigint' ? String(item) : item;
    if (seen.has(item)) return '[again]';
    seen.add(item);
    if (!(item instanceof Error)) return item;
    return { ...item, name: item.name, message: item.message, stack: item.stack, cause: item.cause };
  });
  return text ?? String(value);
}
