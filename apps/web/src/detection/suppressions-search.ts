import { kept } from '../posture/posture-search.js';
import { said } from '../records/record-search.js';

/** A suppression that is being written, with what is known of it already. */
export interface SuppressionsSearch {
  readonly dialog?: 'new';
  /** Id. */
  readonly rule?: string;
  /** Key of an account or an address. */
  readonly subject?: string;
}

export function readSuppressionsSearch(raw: Readonly<Record<string, unknown>>): SuppressionsSearch {
  if (raw['dialog'] !== 'new') return {};
  return kept<SuppressionsSearch>({ dialog: 'new', rule: said(raw['rule']), subject: said(raw['subject']) });
}
