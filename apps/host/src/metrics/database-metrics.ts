import type { Storage } from '@castellan/storage';
import { Gauge } from 'prom-client';
import type { Metrics } from './metrics.js';

type Counted = Pick<Storage, 'poolUsage' | 'census'>;

/** What the rows say when somebody asks. Every host of a database says the same of them: take the maximum, not the sum. */
export function measureDatabase({ registry }: Metrics, storage: Counted): void {
  // Made with no registry: the default is the one of the process.
  registry.registerMetric(connections(storage));
  registry.registerMetric(integrations(storage));
  registry.registerMetric(openRuns(storage));
  registry.registerMetric(deadLetters(storage));
  registry.registerMetric(waitingActivity(storage));
}

function connections(storage: Counted) {
  return new Gauge({
    name: 'castellan_database_connections',
    help: 'Connections of this host, busy and idle; and callers that wait for one.',
    labelNames: ['state'],
    registers: [],
    collect() {
      for (const [state, count] of Object.entries(storage.poolUsage())) this.set({ state }, count);
    },
  });
}

function integrations(storage: Counted) {
  return new Gauge({
    name: 'castellan_integrations',
    help: 'Integrations by connector and the state of their latest full run (none: no run yet; paused: whatever it is).',
    labelNames: ['connector', 'state'],
    registers: [],
    async collect() {
      // What is no longer there must not go on being shown.
      this.reset();
      for (const { connector, state, count } of await orNothing(storage.census.integrations()))
        this.set({ connector, state }, count);
    },
  });
}

function openRuns(storage: Counted) {
  return new Gauge({
    name: 'castellan_runs_open',
    help: 'Runs that are not over, by state: what waits is the backlog.',
    labelNames: ['state'],
    registers: [],
    async collect() {
      this.reset();
      for (const { state, count } of await orNothing(storage.census.openRuns())) this.set({ state }, count);
    },
  });
}

function deadLetters(storage: Counted) {
  return new Gauge({
    name: 'castellan_detection_dead_letters',
    help: 'Events that rules could not be shown, and that were set aside.',
    registers: [],
    async collect() {
      this.reset();
      for (const { deadLetters: count } of await orNothing(storage.census.detection())) this.set(count);
    },
  });
}

function waitingActivity(storage: Counted) {
  return new Gauge({
    name: 'castellan_detection_waiting_seconds',
    help: 'How long the oldest new event has waited to be shown to rules.',
    registers: [],
    async collect() {
      this.reset();
      for (const { waitingSeconds } of await orNothing(storage.census.detection())) this.set(waitingSeconds);
    },
  });
}

/** A database that is away takes its own figures along, not those that tell why this host suffers. */
function orNothing<T>(counts: Promise<readonly T[]>): Promise<readonly T[]> {
  return counts.catch(() => []);
}
