import type { UsageCoverage } from '@castellan/api';
import { dateWords } from '../states/time-words.js';

/** What is said of use as a whole: "not used" without a date would be a claim about a time that nobody has watched. */
export function coverageSentence(coverage: UsageCoverage | null): string {
  if (coverage === null) return 'Use is not known: this integration’s log is not read, or says nothing of use.';
  return `Use is known since ${dateWords(Date.parse(coverage.since))} (as far back as the log goes).`;
}

/** The same above a list, whose rows say "not used" without repeating since when. */
export function listCoverageSentence(coverage: UsageCoverage | null): string {
  if (coverage === null) return coverageSentence(coverage);
  return `Use is known since ${sinceCoverage(coverage)}; “not used” means not since then.`;
}

/** `Not used since 28 Aug 2026 (as far back as the log goes)`. */
export function notUsedWords(coverage: UsageCoverage): string {
  return `Not used since ${sinceCoverage(coverage)}`;
}

/** Of what is said not to have happened: since when that would have been seen. */
export function sinceCoverage({ since }: UsageCoverage): string {
  return `${dateWords(Date.parse(since))} (as far back as the log goes)`;
}

/** `once`, `12 times`. */
export function timesWords(times: number): string {
  return times === 1 ? 'once' : `${times.toLocaleString('en')} times`;
}

const DAY_MS = 86_400_000;

/** Said of a list of what was not used for so many days, where the log does not go back so far; `''`: it does. */
export function shortLogWords(coverage: UsageCoverage | null, days: number, now: number): string {
  if (coverage === null || now - Date.parse(coverage.since) >= days * DAY_MS) return '';
  return ` That is less than ${days} days: what was used before, nobody has seen.`;
}
