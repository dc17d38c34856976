import type { HoldView } from '@castellan/api';
import type { SweepHold } from '@castellan/storage';

export function holdView({ createdAt, decidedAt, ...rest }: SweepHold): HoldView {
  return { ...rest, createdAt: createdAt.toISOString(), decidedAt: decidedAt?.toISOString() ?? null };
}
