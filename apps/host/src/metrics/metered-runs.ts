import type { RunMeter } from '@castellan/sync-engine';
import type { Metrics } from './metrics.js';

/** Counts what the engine reports of runs. */
export function meteredRuns({ runs, runSeconds }: Metrics): RunMeter {
  return {
    ended: ({ connectorId: connector, mode }, state, seconds) => {
      runs.inc({ connector, mode, state });
      runSeconds.observe({ connector, mode }, seconds);
    },
  };
}
