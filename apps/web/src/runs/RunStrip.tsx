import type { RunView } from '@castellan/api';
import { exactTime, spanWords } from '../states/time-words.js';
import { useNow } from '../states/now.js';
import { RUN_LOOKS } from './run-looks.js';
import { CAUSE_WORDS, secondsOf } from './run-words.js';
import styles from './strip.module.css';

const HEIGHT = 44;
const LOWEST = 7;
const STEP = 12;
const WIDTH = 8;
const SHOWN = 24;

/** The latest runs, the newest at the end: how long each took, and how it ended. The history says the same in words. */
export function RunStrip({ runs }: { /** Newest first. */ readonly runs: readonly RunView[] }) {
  const now = useNow();
  const shown = runs.slice(0, SHOWN).toReversed();
  const seconds = shown.map((run) => secondsOf(run, now) ?? 0);
  // A first sync takes a hundred times as long as the others: on a straight scale they would all be dots.
  const scale = Math.log1p(Math.max(1, ...seconds));
  const bad = shown.filter(({ state }) => state === 'failed' || state === 'incomplete').length;
  const label = `The latest ${shown.length} ${shown.length === 1 ? 'run' : 'runs'}: ${bad === 0 ? 'none' : bad} failed or incomplete.`;
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${SHOWN * STEP} ${HEIGHT}`}
      preserveAspectRatio="xMaxYMax"
      width="100%"
      height={HEIGHT}
      className={styles['strip']}
    >
      {shown.map((run, index) => {
        const height = LOWEST + (HEIGHT - LOWEST) * (Math.log1p(seconds[index] ?? 0) / scale);
        const x = (SHOWN - shown.length + index) * STEP;
        return (
          <rect key={run.id} x={x} y={HEIGHT - height} width={WIDTH} height={height} rx={2} data-state={run.state}>
            <title>{titleOf(run, seconds[index] ?? 0)}</title>
          </rect>
        );
      })}
    </svg>
  );
}

function titleOf(run: RunView, seconds: number): string {
  return `${RUN_LOOKS[run.state].word} · ${CAUSE_WORDS[run.cause]} · ${exactTime(Date.parse(run.createdAt))} · ${spanWords(seconds)}`;
}
