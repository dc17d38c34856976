import { useCallback, useState } from 'react';
import { knownSince } from './PastFailed.js';

const WEEK_MS = 7 * 86_400_000;

export interface Since {
  /** Instant from which on changes are asked for. */
  readonly since: string;
  /** Told what came of it: where nobody has watched for a week, all that was watched is asked for. */
  readonly learn: (error: unknown) => void;
  /** Whether less than a week is known. */
  readonly isShort: boolean;
}

/** What was chosen, else the last seven days before the end. @param until `undefined`: now */
export function useSince(chosen: string | undefined, until: string | undefined): Since {
  const [weekAgo] = useState(() => new Date((until === undefined ? Date.now() : Date.parse(until)) - WEEK_MS).toISOString());
  const [known, setKnown] = useState<string>();
  const learn = useCallback(
    (error: unknown): void => {
      const said = chosen === undefined ? knownSince(error) : undefined;
      if (said !== undefined) setKnown(said);
    },
    [chosen],
  );
  return { since: chosen ?? known ?? weekAgo, learn, isShort: chosen === undefined && known !== undefined };
}
