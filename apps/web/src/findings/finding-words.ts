import type { FindingByHand, FindingChangeInput, FindingEventView, FindingSource } from '@castellan/api';
import { lastDayWords } from '../states/time-words.js';
import { wordOf } from '../records/words.js';

/** `1,240 findings`, `1 finding`. */
export function countedFindings(count: number): string {
  return `${count.toLocaleString('en')} ${count === 1 ? 'finding' : 'findings'}`;
}

const DONE: Readonly<Record<FindingChangeInput['do'], string>> = {
  acknowledge: 'acknowledged',
  unacknowledge: 'opened again',
  except: 'excepted',
  end_exception: 'counted again',
  assign: 'assigned',
  comment: 'commented on',
};

/** What a change has done. The others were so already, or cannot be so. */
export function changedWords(what: FindingChangeInput['do'], changed: number, asked: number): string {
  const verb = changed === 1 ? 'is' : 'are';
  const done = `${countedFindings(changed)} ${verb} ${DONE[what]}.`;
  const others = asked - changed;
  if (others <= 0) return done;
  return `${done} ${others.toLocaleString('en')} ${others === 1 ? 'was' : 'were'} left as ${others === 1 ? 'it was' : 'they were'}.`;
}

/** Whose doing it was when it was nobody's: checks look at an organisation, rules at what happens in it. */
export function byItselfWords(source: FindingSource): string {
  return source === 'detection' ? 'By the rule' : 'By a look at the organisation';
}

/** What somebody has mended by hand, and what is seen of it. */
export function byHandWords({ note, seen }: FindingByHand): string {
  const said = `Done by hand: ${note}${/[.!?]$/.test(note) ? '' : '.'}`;
  return seen === 'waiting'
    ? `${said} The next look after a sync shows whether it is mended.`
    : `${said} It was read again since then, and is there still.`;
}

/** What became of a finding, as a sentence; who did it stands below it. */
export function eventWords(event: FindingEventView, source: FindingSource): string {
  return (source === 'detection' ? ofRule(event) : undefined) ?? ofAny(event);
}

/** What a rule has found was so at its moment: it does not go away by itself, but an event that comes late may say otherwise. */
function ofRule({ kind, by, detail }: FindingEventView): string | undefined {
  if (kind === 'reopened')
    return by === null ? 'Opened again: the rule has seen more of it.' : 'Opened again with its incident.';
  if (kind !== 'resolved') return undefined;
  if (by !== null) return 'Resolved with its incident.';
  return detail?.['why'] === 'part_of_another'
    ? 'Resolved: it is part of another finding.'
    : 'Resolved: with an event that came late it is none.';
}

function ofAny({ kind, detail }: FindingEventView): string {
  const said = (name: string): string => {
    const value = detail?.[name];
    return typeof value === 'string' ? value : '';
  };
  switch (kind) {
    case 'resolved':
      return 'Resolved: the evidence is gone.';
    case 'reopened':
      return 'Opened again: the evidence is back.';
    case 'evidence':
      return 'The evidence has changed.';
    case 'severity':
      return `Severity changed from ${wordOf(said('from')).toLowerCase()} to ${wordOf(said('to')).toLowerCase()}.`;
    case 'acknowledged':
      return 'Acknowledged.';
    case 'unacknowledged':
      return 'Acknowledgement taken back.';
    case 'excepted':
      return `Excepted until ${lastDayWords(Date.parse(said('until')))}: ${said('reason')}`;
    case 'exception_ended':
      return 'The exception has ended.';
    case 'owner':
      return said('name') === '' ? 'Owner taken away.' : `Assigned to ${said('name')}.`;
    case 'comment':
      return said('text');
    case 'by_hand':
      return `Done by hand: ${said('note')}`;
    case 'still_there':
      return 'Read again after that: it is there still.';
  }
}
