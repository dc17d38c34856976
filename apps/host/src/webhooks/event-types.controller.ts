import type { EventTypeView } from '@castellan/api';
import { EVENT_TYPES } from '@castellan/storage';
import { Controller, Get } from '@nestjs/common';
import { Endpoint } from '../callers/endpoint.js';
import { freeForm } from '../docs/examples.js';
import { eventPayload } from './event-payload.js';

const EXAMPLE_TIME = new Date('2026-11-23T09:30:00.000Z');

const CATALOGUE: readonly EventTypeView[] = Object.entries(EVENT_TYPES).map(([type, { summary, example }]) => ({
  type,
  summary,
  example: freeForm(eventPayload({ type, occurredAt: EXAMPLE_TIME, data: example })),
}));

@Controller('event-types')
export class EventTypesController {
  @Get()
  @Endpoint({
    access: 'webhooks:manage',
    summary: 'List the types of events, with an example each',
    answer: { items: CATALOGUE },
  })
  list(): { readonly items: readonly EventTypeView[] } {
    return { items: CATALOGUE };
  }
}
