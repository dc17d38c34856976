import { PlaybookError } from './playbook-error.js';
import type { Conditions } from './playbook.js';
import { isMap } from './reader.js';

type Path = readonly (string | number)[];
type Known = Readonly<Record<string, 'boolean' | readonly string[]>>;

/** `{ status: [active, locked], isHuman: true }`, of facts that there are. @param known `undefined`: fields of records, whatever they are */
export function readConditions(value: unknown, path: Path, known: Known | undefined): Conditions {
  if (value === undefined) return {};
  if (!isMap(value) || Object.keys(value).length === 0)
    throw new PlaybookError('is a map of what has to be so, e.g. { isHuman: true }', path);
  return Object.fromEntries(
    Object.entries(value).map(([fact, wanted]) => {
      const at = [...path, fact];
      const values: readonly unknown[] = Array.isArray(wanted) ? wanted : [wanted];
      if (values.length === 0) throw new PlaybookError('names at least one value', at);
      return [fact, values.map((one) => readValue(one, fact, at, known))];
    }),
  );
}

function readValue(value: unknown, fact: string, at: Path, known: Known | undefined): string | boolean {
  if (known === undefined) {
    if (typeof value === 'string' || typeof value === 'boolean') return value;
    throw new PlaybookError('is a text, or true or false', at);
  }
  const values = Object.hasOwn(known, fact) ? known[fact] : undefined;
  if (values === undefined) throw new PlaybookError(`there is no "${fact}": known are ${Object.keys(known).join(', ')}`, at);
  if (values === 'boolean') {
    if (typeof value === 'boolean') return value;
    throw new PlaybookError('is true or false', at);
  }
  if (typeof value === 'string' && values.includes(value)) return value;
  throw new PlaybookError(`is one of ${values.join(', ')}`, at);
}
