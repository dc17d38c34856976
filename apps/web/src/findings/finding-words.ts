import type { FindingChangeInput, FindingEventView } from '@castellan/api';
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

/** What became of a finding, as a sentence; who did it stands before it. */
export function eventWords({ kind, detail }: FindingEventView): string {
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
  }
}
