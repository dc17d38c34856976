import type { CheckResult, CheckToDo, CheckView, PostureArea, PostureOverview, Severity, UnknownCause } from '@castellan/api';

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
  minutes: 'minutes',
  hours: 'some hours',
  days: 'days',
};

/** `minutes each`: of many it is not the work for all of them. */
export function effortWords({
  effort,
  open,
  subject,
}: Pick<CheckView, 'effort' | 'open'> & { readonly subject?: string }): string {
  return open > 1 && subject !== 'organisation' ? `${EFFORTS[effort]} each` : EFFORTS[effort];
}

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

/** Whether all words stand somewhere in a check: in what it says, in its controls, or in what it is usually called. */
export function isMeant(check: Searched, q: string | undefined): boolean {
  const { title, id, population, why, area, keywords, frameworks } = check;
  const controls = frameworks.map(({ control, title: name }) => `${control} ${name}`);
  const text = [title, id, population, why, AREAS[area], ...keywords, ...controls].join(' ').toLowerCase();
  return (q ?? '')
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

type Searched = Pick<CheckView, 'title' | 'id' | 'population' | 'why' | 'area' | 'keywords' | 'frameworks'>;

/** Of its worst finding; where there is none that of the check. */
export function shownSeverity({ worst, severity }: Pick<CheckView, 'worst' | 'severity'>): Severity {
  return worst ?? severity;
}

/** `12 of 340 administrators`; of the whole organisation that it is, and never nothing. */
export function affectedWords(check: Counted & Pick<CheckView, 'status'>): string {
  const counted = countWords(check);
  if (counted !== '') return counted;
  if (check.open > 0) return check.subject === 'organisation' ? 'the organisation' : check.open.toLocaleString('en');
  return check.status === 'passed' ? 'nothing' : '–';
}

/** `Then 48 checks become known.` */
export function knownWords({ code, checks, alone }: Pick<UnknownCause, 'code' | 'checks' | 'alone'>): string {
  const many = (count: number): string => `${count.toLocaleString('en')} ${count === 1 ? 'check' : 'checks'}`;
  // Nobody can say whether more would be seen.
  if (code === 'not_offered' || code === 'not_said' || code === 'partial' || code === 'broken')
    return `That concerns ${many(checks)}.`;
  if (alone === 0) return `${many(checks)} ${checks === 1 ? 'waits' : 'wait'} for this, and for something else.`;
  const others = checks - alone;
  const known = `Then ${many(alone)} ${alone === 1 ? 'becomes' : 'become'} known`;
  return others === 0
    ? `${known}.`
    : `${known}; ${others.toLocaleString('en')} more also ${others === 1 ? 'needs' : 'need'} something else.`;
}

/** `The score is of the 116 checks that can say something, out of 127.` */
export function coverageWords({ failed, passed, unknown }: Pick<PostureOverview, 'failed' | 'passed' | 'unknown'>): string {
  const known = failed + passed;
  if (unknown === 0) return `The score is of all ${known.toLocaleString('en')} checks.`;
  return `The score is of the ${known.toLocaleString('en')} checks that can say something, out of ${(known + unknown).toLocaleString('en')}.`;
}
