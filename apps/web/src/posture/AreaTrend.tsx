import type { PostureArea, ScoreDay } from '@castellan/api';
import { Sparkline } from '../charts/Sparkline.js';
import { AREAS } from './posture-words.js';
import { TREND_DAYS } from './ScoreTrend.js';

interface AreaTrendProps {
  readonly area: PostureArea;
  readonly trend: readonly ScoreDay[];
}

/** How the score of an area went, beside it. */
export function AreaTrend({ area, trend }: AreaTrendProps) {
  const days = trend.map(({ day, areas }) => ({ day, value: areas[area] ?? null }));
  return <Sparkline label={`Score of ${AREAS[area]}`} days={days} span={TREND_DAYS} most={100} />;
}
