import type { ScheduleView } from '@castellan/api';

const HOUR = 3_600;

/** A schedule as the form has it: what stands in a field may be no number yet. */
export interface ScheduleValues {
  readonly everyHours: number | string;
  /** `host`: as often as the host does it for all. */
  readonly polls: 'host' | 'own' | 'never';
  readonly pollSeconds: number | string;
}

const USUAL_POLL_SECONDS = 60;

export function scheduleValues({ everySeconds, pollSeconds }: ScheduleView): ScheduleValues {
  return {
    // Without a long tail: 20 minutes are 0.3333 hours.
    everyHours: Number((everySeconds / HOUR).toFixed(4)),
    polls: pollSeconds === null ? 'host' : pollSeconds === 0 ? 'never' : 'own',
    pollSeconds: pollSeconds === null || pollSeconds === 0 ? USUAL_POLL_SECONDS : pollSeconds,
  };
}

/** As the host takes it. An empty field becomes no number, and the host says what it wants there. */
export function scheduleOf({ everyHours, polls, pollSeconds }: ScheduleValues): ScheduleView {
  const polled = { host: null, never: 0, own: numberOf(pollSeconds) }[polls];
  return { everySeconds: Math.round(numberOf(everyHours) * HOUR), pollSeconds: polled };
}

function numberOf(value: number | string): number {
  return typeof value === 'number' ? value : Number(value.trim() === '' ? 0.0001 : value);
}
