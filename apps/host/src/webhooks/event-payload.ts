import type { EventPayload } from '@castellan/api';
/** An event, whether it happened or is an example. */
export interface PayloadEvent {
  readonly type: string;
  readonly occurredAt: Date;
  readonly data: object;
}

export function eventPayload({ type, occurredAt, data }: PayloadEvent): EventPayload {
  return { type, timestamp: occurredAt.toISOString(), data };
}

/** How an event is named outside: `webhook-id`, which is the same however often it is delivered. */
export function eventName(id: string): string {
  return `evt_${id}`;
}
