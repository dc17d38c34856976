import { ENRICHED_FIELDS } from '../enrichment/fields.js';
import { nearestName } from './near-name.js';
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
  const near = nearestName(field, Object.keys(ENRICHED_FIELDS), plain);
  const hint = near === undefined ? 'the guide to detection lists those that there are' : `is "${near}" meant?`;
  throw new RuleError(`there is no field "${field}": ${hint}`);
}

/** Underscores are what others write for capitals. */
const plain = (name: string): string => name.slice('x.'.length).toLowerCase().replaceAll('_', '');
