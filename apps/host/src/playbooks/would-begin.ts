import type { Playbook } from '@castellan/playbooks';
import type { Matched } from './playbook-starts.js';

/** What would have become of those that match. */
export interface WouldBegin {
  /** The youngest first. */
  readonly begun: readonly Matched[];
  /** As many as may had begun on that day. */
  readonly overLimit: readonly Matched[];
  /** For an earlier run of the same subject, which may have lasted until then. */
  readonly behind: readonly Matched[];
}

const DAY_MS = 86_400_000;

/** In the order in which they were found, with the limits that hold when it is on. How long a run lasts nobody knows beforehand: until its deadline at most. */
export function wouldBegin(
  matched: readonly Matched[],
  { trigger, deadline }: Pick<Playbook, 'trigger' | 'deadline'>,
): WouldBegin {
  const begun: Matched[] = [];
  const overLimit: Matched[] = [];
  const behind: Matched[] = [];
  const lastOf = new Map<string, number>();
  for (const one of matched.toSorted((a, b) => a.candidate.at.getTime() - b.candidate.at.getTime())) {
    const { integrationId, subjectKey, at } = one.candidate;
    const subject = `${integrationId} ${subjectKey}`;
    const dayBefore = at.getTime() - DAY_MS;
    if ((lastOf.get(subject) ?? -Infinity) > at.getTime() - deadline.ms) behind.push(one);
    // Those of the day stand at the end: as many as may begin, or fewer.
    else if (
      begun.slice(-trigger.mostADay).filter(({ candidate }) => candidate.at.getTime() > dayBefore).length === trigger.mostADay
    )
      overLimit.push(one);
    else {
      begun.push(one);
      lastOf.set(subject, at.getTime());
    }
  }
  return { begun: begun.toReversed(), overLimit, behind };
}
