import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';

const REQUEST_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60];
const RUN_SECONDS = [1, 5, 15, 60, 300, 900, 3_600, 14_400];
const LOOK_SECONDS = [0.1, 0.5, 1, 5, 15, 60, 300];

/**
 * What this host counts. A registry of its own: two hosts may run in one process. No label may name a workspace, a person, an
 * address or an integration: whoever reads metrics must not learn of them, and each value of a label is kept for good.
 */
export class Metrics {
  readonly registry = new Registry();

  readonly requestSeconds = new Histogram({
    name: 'castellan_http_request_seconds',
    help: 'Time to answer requests, by route pattern, method and class of status.',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: REQUEST_SECONDS,
    registers: [this.registry],
  });

  readonly runs = new Counter({
    name: 'castellan_runs_total',
    help: 'Runs that this host has worked on, by connector, mode and the state that it left them in.',
    labelNames: ['connector', 'mode', 'state'] as const,
    registers: [this.registry],
  });

  readonly runSeconds = new Histogram({
    name: 'castellan_run_seconds',
    help: 'How long this host worked on a run.',
    labelNames: ['connector', 'mode'] as const,
    buckets: RUN_SECONDS,
    registers: [this.registry],
  });

  readonly lookSeconds = new Histogram({
    name: 'castellan_posture_look_seconds',
    help: 'How long a look at an organisation took, by connector, and by whether it was at everything or at what had changed.',
    labelNames: ['connector', 'scope'] as const,
    buckets: LOOK_SECONDS,
    registers: [this.registry],
  });

  readonly watchSeconds = new Histogram({
    name: 'castellan_detection_batch_seconds',
    help: 'How long it took to show rules a batch of new activity, by connector.',
    labelNames: ['connector'] as const,
    buckets: LOOK_SECONDS,
    registers: [this.registry],
  });

  readonly watchedEvents = new Counter({
    name: 'castellan_detection_events_total',
    help: 'Events that this host has shown to rules, by connector.',
    labelNames: ['connector'] as const,
    registers: [this.registry],
  });

  readonly signInFailures = new Counter({
    name: 'castellan_sign_in_failures_total',
    help: 'Sign-ins that were refused, by reason.',
    labelNames: ['reason'] as const,
    registers: [this.registry],
  });

  constructor() {
    // Memory, processor, event loop lag, garbage collection.
    collectDefaultMetrics({ register: this.registry });
  }
}
