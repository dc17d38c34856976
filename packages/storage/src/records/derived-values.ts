import type { RecordKind } from '@castellan/connector-sdk';

/** A value of a row `t` that other records say, in SQL. */
export interface DerivedValues {
  readonly name: string;
  /** The value; `NULL`: not known. Asks less than all conditions together do. */
  readonly value: string;
  /** When it is so, by value: conditions that the planner may join once for all rows. */
  readonly conditions: ReadonlyMap<string, string>;
  /** When it is not known. */
  readonly unknown: string;
}

// An integration whose authenticators were never listed to the end knows nothing of who has none.
const READ = `(t.integration_id IN (SELECT s.integration_id FROM stream_state s WHERE s.kind = 'authenticator' AND s.complete_generation IS NOT NULL))`;

/** An authenticator that can be used. In the collation of the authenticators' column, or their index does not fit. */
function has(which: string): string {
  return `EXISTS (SELECT 1 FROM authenticators f WHERE f.integration_id = t.integration_id AND f.account = t.key COLLATE "default"
    AND f.removed_at IS NULL AND f.status = 'active'${which})`;
}

const [ANY, RESISTANT] = [has(''), has(' AND f.phishing_resistant')];

/** The strongest authenticator of an account that it can use. */
const AUTHENTICATOR: DerivedValues = {
  name: 'authenticator',
  value: `CASE WHEN NOT ${READ} THEN NULL WHEN ${RESISTANT} THEN 'phishing_resistant' WHEN ${ANY} THEN 'other' ELSE 'none' END`,
  conditions: new Map([
    ['phishing_resistant', `${READ} AND ${RESISTANT}`],
    ['other', `${READ} AND ${ANY} AND NOT ${RESISTANT}`],
    ['none', `${READ} AND NOT ${ANY}`],
  ]),
  unknown: `NOT ${READ}`,
};

const DERIVED: ReadonlyMap<RecordKind, readonly DerivedValues[]> = new Map([['account', [AUTHENTICATOR]]]);

/** What rows of a kind can be filtered by besides their own fields. */
export function derivedOf(kind: RecordKind): readonly DerivedValues[] {
  return DERIVED.get(kind) ?? [];
}
