import type { CheckResult, CheckToDo, CheckView, PostureArea } from '@castellan/api';

export const AREAS: Readonly<Record<PostureArea, string>> = {
  administrators: 'Administrators',
  accounts: 'Accounts',
  groups: 'Groups',
  applications: 'Applications',
  identity_providers: 'Identity providers',
  programs: 'Programs',
  organisation: 'Organisation',
};

/** 0 to 100, whole: one that is not full is never said to be. `null`: nothing is known. */
export function scoreWords(score: number | null): string {
  return score === null ? '–' : String(Math.floor(score));
}

/** Colour of a score, by thirds of what is usual. */
export function scoreColor(score: number | null): 'gray' | 'green' | 'orange' | 'red' {
  if (score === null) return 'gray';
  if (score >= 85) return 'green';
  return score >= 60 ? 'orange' : 'red';
}

export const EFFORTS: Readonly<Record<CheckToDo['effort'], string>> = {
  minutes: 'Minutes',
  hours: 'Some hours',
  days: 'Days',
};

/** `+6.4 points`; what is less than a tenth is something all the same. */
export function gainWords(gain: number): string {
  if (gain > 0 && gain < 0.1) return '+ less than 0.1 points';
  const points = gain.toLocaleString('en', { maximumFractionDigits: 1 });
  return `+${points} ${points === '1' ? 'point' : 'points'}`;
}

type Counted = Pick<CheckView, 'open' | 'examined' | 'excepted' | 'population' | 'subject'>;

/** `12 of 340 administrators, 2 excepted`; `''` where nothing can be counted. */
export function countWords({ open, examined, excepted, population, subject }: Counted): string {
  const allowed = excepted === 0 ? '' : `${excepted.toLocaleString('en')} excepted`;
  // An organisation is one: of how many says nothing.
  const isCounted = subject !== 'organisation' && examined > 0;
  const counted = isCounted ? `${open.toLocaleString('en')} of ${examined.toLocaleString('en')} ${population}` : '';
  return [counted, allowed].filter((part) => part !== '').join(', ');
}

/** The first reason, and how many there are besides. */
export function reasonWords(results: readonly Pick<CheckResult, 'reasons'>[]): string {
  const messages = [...new Set(results.flatMap(({ reasons }) => reasons.map(({ message }) => message)))];
  const [first, ...others] = messages;
  if (first === undefined) return '';
  return others.length === 0 ? first : `${first} And ${others.length} more.`;
}

/** Whether all words stand somewhere in a check. */
export function isMeant(
  { title, id, population }: Pick<CheckView, 'title' | 'id' | 'population'>,
  q: string | undefined,
): boolean {
  const text = `${title} ${id} ${population}`.toLowerCase();
  return (q ?? '')
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
