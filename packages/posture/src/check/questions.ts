import type { RecordKind } from '@castellan/connector-sdk';
import { isActiveProvider, linksAdministrators } from '../sql/identity-providers.js';

interface Question {
  /** Of which records it is asked. */
  readonly kind: RecordKind;
  /** What is not said, as words: "Acme does not say ...". */
  readonly words: string;
  /** Selects `unsaid`, of `$integration`: whether there is a record that it matters of, and whose answer nobody gives. */
  readonly sql: string;
}

/** What decides about a single record, so that one that leaves it unsaid leaves the whole open. */
export const QUESTIONS = {
  links_administrators: {
    kind: 'identity_provider',
    words: 'of each identity provider that links accounts by itself whether administrators are left out',
    sql: `SELECT EXISTS (SELECT 1 FROM identity_providers t WHERE ${isActiveProvider('t')} AND ${linksAdministrators('t')} IS NULL) AS unsaid`,
  },
} as const satisfies Readonly<Record<string, Question>>;

export type QuestionName = keyof typeof QUESTIONS;
