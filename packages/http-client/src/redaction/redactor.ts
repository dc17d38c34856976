import { secretForms } from './secret-forms.js';
import { isSecretName } from './secret-names.js';

export const REDACTED = '[redacted]';
const DEEPEST = 6;
const WIDEST = 200;

/** Takes secrets out of texts and of anything that is logged. */
export class Redactor {
  readonly #forms: readonly string[];

  constructor(secrets: readonly string[]) {
    this.#forms = secretForms(secrets);
  }

  text(text: string): string {
    let clean = text;
    for (const form of this.#forms) clean = clean.replaceAll(form, REDACTED);
    return clean;
  }

  /** A copy without secrets. Deep and wide structures are cut: a log line is not the place for them. */
  value(value: unknown): unknown {
    return this.#copy(value, 0, new Set());
  }

  #copy(value: unknown, depth: number, above: ReadonlySet<object>): unknown {
    if (typeof value === 'string') return this.text(value);
    if (typeof value === 'bigint' || typeof value === 'symbol') return this.text(String(value));
    if (typeof value === 'function') return '[function]';
    if (typeof value !== 'object' || value === null || value instanceof Date) return value;
    if (value instanceof URL) return this.text(value.href);
    if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
    if (above.has(value)) return '[circular]';
    if (depth >= DEEPEST) return '[deep]';
    const path = new Set([...above, value]);
    if (Array.isArray(value)) return value.slice(0, WIDEST).map((item) => this.#copy(item, depth + 1, path));
    if (value instanceof Map)
      return this.#entries(
        [...value].map(([name, item]) => [String(name), item]),
        depth,
        path,
      );
    if (value instanceof Set) return [...value].slice(0, WIDEST).map((item) => this.#copy(item, depth + 1, path));
    return this.#entries(entriesOf(value), depth, path);
  }

  #entries(entries: readonly (readonly [string, unknown])[], depth: number, path: ReadonlySet<object>): unknown {
    const copied = entries
      .slice(0, WIDEST)
      .map(([name, item]) => [this.text(name), this.#entry(name, item, depth, path)] as const);
    return Object.fromEntries(copied);
  }

  #entry(name: string, item: unknown, depth: number, path: ReadonlySet<object>): unknown {
    const secret = isSecretName(name);
    const holdsSome = (typeof item === 'string' && item !== '') || (typeof item === 'object' && item !== null);
    return secret && holdsSome ? REDACTED : this.#copy(item, depth + 1, path);
  }
}

/** An error's telling parts are not enumerable. A getter that throws must not take the log line with it. */
function entriesOf(value: object): readonly (readonly [string, unknown])[] {
  const names = value instanceof Error ? ['name', 'message', 'stack', 'cause', ...Object.keys(value)] : Object.keys(value);
  return [...new Set(names)].flatMap((name) => {
    try {
      const item: unknown = Reflect.get(value, name);
      return item === undefined ? [] : [[name, item] as const];
    } catch {
      return [[name, '[unreadable]'] as const];
    }
  });
}
