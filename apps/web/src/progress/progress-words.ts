import type { RunProgressView, StreamProgress } from '@castellan/api';
import { streamWords } from '../integrations/stream-words.js';
import { spanWords } from '../states/time-words.js';

const NUMBER = new Intl.NumberFormat('en');

export interface RunWords {
  readonly title: string;
  /** `accounts 3,200 of ~12,400`, `15 of 16 streams read`. */
  readonly rows: string | null;
  /** `about 2 min`: only where the host stands up for it. */
  readonly left: string | null;
  /** 0 to 1; `null`: nobody knows how much there is. */
  readonly share: number | null;
}

/** A run under way in one line. */
export function runWords(run: RunProgressView): RunWords {
  const current = currentStream(run.streams);
  return {
    title: runTitle(run),
    rows: current === undefined ? streamsRead(run.streams) : `${streamWords(current.name)} ${rowsOf(current)}`,
    left: run.secondsLeft === null ? null : leftWords(run.secondsLeft),
    share: shareOf(run, current),
  };
}

/** `15 of 16 streams read`: between the pages of one that takes long. */
function streamsRead(streams: readonly StreamProgress[]): string | null {
  const read = streams.filter(({ state }) => state === 'complete').length;
  return read === 0 ? null : `${read} of ${streams.length} streams read`;
}

function runTitle({ cause, mode }: Pick<RunProgressView, 'cause' | 'mode'>): string {
  if (mode === 'poll') return 'Reading what has changed';
  return cause === 'created' ? 'First sync' : 'Sync';
}

/** `3,200 of ~12,400`; `3,200` where the rest is not known. */
export function rowsOf({ rows, total, estimated }: Pick<StreamProgress, 'rows' | 'total' | 'estimated'>): string {
  if (total === null || total === rows) return NUMBER.format(rows);
  return `${NUMBER.format(rows)} of ${estimated ? '~' : ''}${NUMBER.format(total)}`;
}

function leftWords(seconds: number): string {
  return seconds < 60 ? 'less than a minute' : `about ${spanWords(Math.round(seconds / 60) * 60)}`;
}

/** The one that takes longest, so that a line of text does not jump from one to the next. */
function currentStream(streams: readonly StreamProgress[]): StreamProgress | undefined {
  const rest = ({ rows, total }: StreamProgress): number => (total === null ? rows : total - rows);
  return streams.filter(({ state }) => state === 'reading').toSorted((a, b) => rest(b) - rest(a))[0];
}

/** By calls, which are what takes time; else by the rows that are being read. */
function shareOf({ calls, streams }: RunProgressView, current: StreamProgress | undefined): number | null {
  if (streams.length > 0 && streams.every(({ state }) => state === 'complete')) return 1;
  if (calls !== null && calls.planned > 0) return Math.min(1, calls.done / calls.planned);
  if (current?.total === null || current === undefined || current.total === 0) return null;
  return Math.min(1, current.rows / current.total);
}
