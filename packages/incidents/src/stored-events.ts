import { type Enricher, type EventLookup, type KeptEvent, type LogEvent, readEvent } from '@castellan/detection';
import { activityAt, type Queries } from '@castellan/storage';

/** Events of an organisation's log that rules have seen in a batch before, with what is known of them. */
export class StoredEvents implements EventLookup {
  constructor(
    private readonly queries: Queries,
    private readonly integrationId: string,
    private readonly enricherOf: (events: readonly LogEvent[]) => Promise<Enricher>,
  ) {}

  async find(kept: readonly KeptEvent[]): Promise<ReadonlyMap<string, unknown>> {
    const ids = new Set(kept.map(({ id }) => id));
    const moments = [...new Set(kept.map(({ at }) => at))].map((at) => new Date(at));
    const events = (await activityAt(this.queries, this.integrationId, moments)).flatMap((raw): readonly LogEvent[] => {
      const event = readEvent(raw);
      return event !== undefined && ids.has(event.id) ? [event] : [];
    });
    if (events.length === 0) return new Map();
    const enricher = await this.enricherOf(events);
    return new Map(events.map((event) => [event.id, enricher.enrich(event)]));
  }
}
