import type { AccessReview as AccessReviewView } from '@castellan/api';
import type { AccessReview } from '@castellan/storage';
import { createHash } from 'node:crypto';
import { csvLine } from '../exports/csv.js';
import { jsonLine } from '../exports/export-format.js';

/** What is signed. */
export interface SignedContent {
  readonly rows: number;
  /** Of all bytes before the line of the signature. */
  readonly sha256: Buffer;
}

/**
 * Lines as they come, and at the end the one that says who has signed them. `sign` is not called where the lines break off,
 * or nobody takes them any more.
 */
export async function* signedLines(
  batches: AsyncIterable<readonly string[]>,
  sign: (content: SignedContent) => Promise<string>,
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
  yield [await sign({ rows, sha256: digest.digest() })];
}

/** One line, whatever somebody is called. */
export function signatureLine(review: AccessReview): string {
  const view = reviewView(review);
  if (review.format === 'jsonl') return jsonLine({ signed: view });
  const { id, application, reviewer, note, asOf, accounts, sha256, createdAt } = view;
  const named = [
    ['signed by', reviewer.name, `${reviewer.kind} ${reviewer.id}`, 'at', createdAt],
    ['who reaches', application.label, application.key, 'as of', asOf],
    ['rows', accounts, 'sha256 of all before this line', sha256, 'review', id, 'note', note],
  ];
  const cells = named.flat();
  return csvLine(cells.map((cell) => (typeof cell === 'string' ? cell.replaceAll(/[\p{Cc}\u2028\u2029]/gu, ' ') : cell)));
}

export function reviewView(review: AccessReview): AccessReviewView {
  const { id, application, reviewer, note, asOf, format, accounts, sha256, createdAt } = review;
  return {
    id,
    application,
    reviewer,
    note,
    asOf: asOf.toISOString(),
    format,
    accounts,
    sha256: sha256.toString('hex'),
    createdAt: createdAt.toISOString(),
  };
}
