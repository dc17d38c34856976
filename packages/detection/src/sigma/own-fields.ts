import { ENRICHED_FIELDS } from '../enrichment/fields.js';
import { RuleError } from './rule-error.js';

/** What is known of an event beside what its source has written. Nobody else has fields there. */
const NAMESPACE = /^x\./i;

const KNOWN: ReadonlySet<string> = new Set(Object.keys(ENRICHED_FIELDS).map((name) => name.toLowerCase()));
/** `x.actor`: what there is below it is one question, whether there is any another. */
const SECTIONS: ReadonlySet<string> = new Set([...KNOWN].map((name) => name.slice(0, name.lastIndexOf('.'))));

/**
 * A field under `x` that nothing makes is met by no event, whatever happens: a slip that nobody would notice.
 * @param asksWhether it is asked whether the field is there, and not for a value
 * @throws RuleError
 */
export function checkOwnField(field: string, asksWhether = false): void {
  if (!NAMESPACE.test(field)) return;
  const small = field.toLowerCase();
  if (KNOWN.has(small)) return;
  if (SECTIONS.has(small)) {
    if (asksWhether) return;
    const below = Object.keys(ENRICHED_FIELDS).filter((name) => name.toLowerCase().startsWith(`${small}.`));
    throw new RuleError(`"${field}" is no value: ask for one of ${below.join(', ')}`);
  }
  const near = nearest(field);
  const hint = near === undefined ? 'the guide to detection lists those that there are' : `is "${near}" meant?`;
  throw new RuleError(`there is no field "${field}": ${hint}`);
}

/** A name with more characters is no slip. */
const LONGEST = 64;
/** Of a name so much may be different. */
const LIKE = 0.4;

function nearest(field: string): string | undefined {
  if (field.length > LONGEST) return undefined;
  const wanted = plain(field);
  let least = Math.ceil(wanted.length * LIKE);
  let found: string | undefined;
  for (const name of Object.keys(ENRICHED_FIELDS)) {
    const other = plain(name);
    if (Math.abs(other.length - wanted.length) >= least) continue;
    const far = distance(wanted, other);
    if (far < least) [least, found] = [far, name];
  }
  return found;
}

/** Underscores are what others write for capitals. */
const plain = (name: string): string => name.slice('x.'.length).toLowerCase().replaceAll('_', '');

/** How many characters one has to put in, take out or change (Levenshtein). */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, n) => n);
  for (let n = 0; n < one.length; n += 1) {
    const next = [n + 1];
    for (let m = 0; m < other.length; m += 1) {
      const changed = (row[m] ?? 0) + (one[n] === other[m] ? 0 : 1);
      next.push(Math.min(changed, (row[m + 1] ?? 0) + 1, (next[m] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
