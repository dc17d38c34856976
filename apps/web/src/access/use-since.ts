import { useCallback, useState } from 'react';
import { knownSince } from './known-since.js';

const WEEK_MS = 7 * 86_400_000;

export interface Since {
  /** Instant from which on changes are asked for. */
  readonly since: string;
  /** Told what came of it: where nobody has watched for a week, all that was watched is asked for. */
  readonly learn: (error: unknown) => void;
  /** Whether less than a week is known. */
  readonly isShort: boolean;
}

/**
 * What was chosen, else the last seven days before the end.
 * @param of whatever is watched as a whole: what was learned of one says nothing of another
 * @param until `undefined`: now
 */
export function useSince(of: string, chosen: string | undefined, until: string | undefined): Since {
  // Once, or each picture would be another question.
  const [now] = useState(Date.now);
  const [known, setKnown] = useState<{ readonly of: string; readonly since: string }>();
  const learn = useCallback(
    (error: unknown): void => {
      const since = chosen === undefined ? knownSince(error) : undefined;
      if (since !== undefined) setKnown({ of, since });
    },
    [of, chosen],
  );
  const learned = known?.of === of ? known.since : undefined;
  const weekAgo = new Date((until === undefined ? now : Date.parse(until)) - WEEK_MS).toISOString();
  return { since: chosen ?? learned ?? weekAgo, learn, isShort: chosen === undefined && learned !== undefined };
}
