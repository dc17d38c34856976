import type { IncidentChangeInput, IncidentEventView, IncidentView, Verdict } from '@castellan/api';

/** `1,240 events`, `1 event`. */
export function countedEvents(count: number): string {
  return `${count.toLocaleString('en')} ${count === 1 ? 'event' : 'events'}`;
}

/** `1,240 incidents`, `1 incident`. */
export function countedIncidents(count: number): string {
  return `${count.toLocaleString('en')} ${count === 1 ? 'incident' : 'incidents'}`;
}

/** Where the words of a search are looked for. */
export const SEARCHED =
  'names and logins of whoever is in it, addresses, titles of rules, and techniques such as T1110 or Brute Force';

/** In a row there is room for some. */
const MOST_NAMES = 3;

/** Whom it was done to, or whose accounts an address has tried: `Done to Ann, Bo, Cy and 3 more`; `undefined`: nobody is named. */
export function othersWords({ subject, others }: Pick<IncidentView, 'subject' | 'others'>): string | undefined {
  if (others.count === 0) return undefined;
  const names = others.first.slice(0, MOST_NAMES).map(({ label }) => label);
  const more = others.count - names.length;
  const said = more > 0 ? `${names.join(', ')} and ${more.toLocaleString('en')} more` : names.join(', ');
  return `${othersTitle(subject)} ${said}`;
}

/** What these are to it. */
export function othersTitle({ kind }: IncidentView['subject']): string {
  return kind === 'account' ? 'Done to' : 'Accounts:';
}

/** What each verdict says, for who has to choose one. */
export const VERDICT_MEANINGS: Readonly<Record<Verdict, string>> = {
  attack: 'Somebody was up to no good.',
  benign: 'It happened as the rule says, and whoever did it was allowed to.',
  test: 'An exercise, or somebody trying out the rules.',
  false_alarm: 'It was not what the rule takes it for.',
};

const CLOSED_AS: Readonly<Record<Verdict, string>> = {
  attack: 'a real attack',
  benign: 'allowed',
  test: 'a test',
  false_alarm: 'a false alarm',
};

const DONE: Readonly<Record<Exclude<IncidentChangeInput['do'], 'close'>, string>> = {
  acknowledge: 'acknowledged',
  unacknowledge: 'open again',
  reopen: 'open again',
  assign: 'assigned',
  comment: 'commented on',
};

/** What a change has done. The others were so already, or cannot be so. */
export function changedWords(change: IncidentChangeInput, changed: number, asked: number): string {
  const done = change.do === 'close' ? `closed as ${CLOSED_AS[change.verdict]}` : DONE[change.do];
  const said = `${countedIncidents(changed)} ${changed === 1 ? 'is' : 'are'} ${done}.`;
  const others = asked - changed;
  if (others <= 0) return said;
  return `${said} ${others.toLocaleString('en')} ${others === 1 ? 'was left as it was' : 'were left as they were'}.`;
}

/** What became of an incident, as a sentence; who did it stands below it. */
export function eventWords({ kind, by, detail }: IncidentEventView): string {
  const text = (name: string): string => {
    const value = detail?.[name];
    return typeof value === 'string' ? value : '';
  };
  switch (kind) {
    case 'acknowledged':
      return 'Acknowledged.';
    case 'unacknowledged':
      return 'Acknowledgement taken back.';
    case 'closed': {
      const verdict = text('verdict');
      if (!isVerdict(verdict)) return by === null ? 'Closed: nothing of it stands any more.' : 'Closed.';
      const reason = text('reason');
      return `Closed as ${CLOSED_AS[verdict]}${reason === '' ? '.' : `: ${reason}`}`;
    }
    case 'reopened':
      return by === null ? 'Opened again: something new was found.' : 'Opened again.';
    case 'owner':
      return text('name') === '' ? 'Owner taken away.' : `Assigned to ${text('name')}.`;
    case 'comment':
      return text('text');
  }
}

function isVerdict(text: string): text is Verdict {
  return Object.hasOwn(CLOSED_AS, text);
}
