import type { AccessReview, UsageCoverage } from '@castellan/api';
import { coverageSentence, sinceCoverage } from './usage-words.js';

/** What a review would be of, if it were signed now. */
export interface ToSign {
  readonly accounts: number;
  /** Of them, who was never seen to use the application. */
  readonly unused: number;
  readonly coverage: UsageCoverage | null;
}

/** `310 people can reach it now. 120 of them were not seen to use it since 28 Aug 2026 (...).` */
export function toSignWords({ accounts, unused, coverage }: ToSign): string {
  const all = `${peopleWords(accounts)} can reach it now.`;
  if (coverage === null) return `${all} ${coverageSentence(null)}`;
  return accounts === 0 ? all : `${all} ${unusedWords(accounts, unused)} seen to use it since ${sinceCoverage(coverage)}.`;
}

function unusedWords(accounts: number, unused: number): string {
  if (accounts === 1) return unused === 0 ? 'They were' : 'They were not';
  if (unused === 0) return 'All of them were';
  return `${unused.toLocaleString('en')} of them ${unused === 1 ? 'was' : 'were'} not`;
}

/** What was signed, which a sync may have changed since the form was opened. @param shown number of people that the form showed */
export function signedWords(accounts: number | undefined, shown: number | undefined): string {
  const keep = 'Keep its file: Castellan keeps only its digest.';
  if (accounts === undefined) return `The review is signed. ${keep}`;
  const meanwhile =
    shown === undefined || shown === accounts
      ? ''
      : ` The form had said ${shown.toLocaleString('en')}: it has changed meanwhile.`;
  return `The review of ${peopleWords(accounts)} is signed.${meanwhile} ${keep}`;
}

/** Which review a file is of: the one whose digest stands in its last line. */
export function reviewOf(lastLine: string, reviews: readonly AccessReview[]): AccessReview | undefined {
  return reviews.find(({ sha256 }) => lastLine.includes(sha256));
}

function peopleWords(count: number): string {
  return count === 1 ? '1 person' : `${count.toLocaleString('en')} people`;
}
