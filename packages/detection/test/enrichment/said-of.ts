import type { Enricher } from '../../src/enrichment/enricher.js';
import type { LogEvent } from '../../src/log-event.js';

/** All that is said of an event, as it would be written down. */
export function saidOf(enricher: Enricher, event: LogEvent): unknown {
  const { x } = enricher.enrich(event);
  return JSON.parse(JSON.stringify(x));
}
