import type { AccessReview as AccessReviewView } from '@castellan/api';
import type { AccessReview } from '@castellan/storage';
import { createHash } from 'node:crypto';
import { csvLine } from '../exports/csv.js';
import { jsonLine } from '../exports/export-format.js';

/** How a file ends: what is true of it as a whole, and what makes it certain. */
export interface Signature {
  /** Who has signed how many rows, when: part of what is digested. */
  readonly facts: string;
  /** The last line, with the digest of all bytes before it. */
  readonly digest: string;
}

/**
 * Lines as they come, and at the end the two that say who has signed them, and the digest of all of that. `sign` is not called
 * where the lines break off, or nobody takes them any more.
 * @param sign given the number of rows, and what digests them together with the line that says the facts
 */
export async function* signedLines(
  batches: AsyncIterable<readonly string[]>,
  sign: (rows: number, digestWith: (facts: string) => Buffer) => Promise<Signature>,
): AsyncGenerator<readonly string[], void, void> {
  const digest = createHash('sha256');
  let rows = 0;
  let isHeader = true;
  for await (const batch of batches) {
    digest.update(batch.join(''));
    if (!isHeader) rows += batch.length;
    isHeader = false;
    yield batch;
  }
  const { facts, digest: last } = await sign(rows, (line) => digest.copy().update(line).digest());
  yield [facts, last];
}

/** One line, whatever somebody is called. */
export function factsLine(review: Omit<AccessReview, 'sha256'>): string {
  const view = factsOf(review);
  if (review.format === 'jsonl') return jsonLine({ signed: view });
  const { id, application, reviewer, note, asOf, accounts, createdAt } = view;
  const named = [
    ['signed by', reviewer.name, `${reviewer.kind} ${reviewer.id}`, 'at', createdAt],
    ['who reaches', application.label, application.key, 'as of', asOf],
    ['rows', accounts, 'review', id, 'note', note],
  ];
  const cells = named.flat();
  return csvLine(cells.map((cell) => (typeof cell === 'string' ? cell.replaceAll(/[\p{Cc}\u2028\u2029]/gu, ' ') : cell)));
}

export function digestLine({ format, sha256 }: Pick<AccessReview, 'format' | 'sha256'>): string {
  const text = sha256.toString('hex');
  return format === 'jsonl' ? jsonLine({ sha256: text }) : csvLine(['sha256 of all before this line', text]);
}

export function reviewView(review: AccessReview): AccessReviewView {
  return { ...factsOf(review), sha256: review.sha256.toString('hex') };
}

function factsOf(review: Omit<AccessReview, 'sha256'>): Omit<AccessReviewView, 'sha256'> {
  const { id, application, reviewer, note, asOf, format, accounts, createdAt } = review;
  return {
    id,
    application,
    reviewer,
    note,
    asOf: asOf.toISOString(),
    format,
    accounts,
    createdAt: createdAt.toISOString(),
  };
}
