import type { DeadLettersRetried, DeadLettersView } from '@castellan/api';
import { deadLetters, retryDeadLetters, type Storage } from '@castellan/storage';
import { Controller, Get, HttpCode, Inject, Post, UseGuards } from '@nestjs/common';
import { AuditTrail } from '../audit/audit-trail.js';
import { Asking, type Caller } from '../callers/caller.js';
import { Endpoint } from '../callers/endpoint.js';
import { NoBody } from '../input/no-body.guard.js';
import { STORAGE } from '../storage/storage-token.js';
import { DEAD_LETTERS_ANSWER, DEAD_LETTERS_RETRIED } from './dead-letter-examples.js';

/** Events that rules could not be shown. */
@Controller('detection/dead-letters')
export class DeadLettersController {
  readonly #storage: Storage;
  readonly #trail: AuditTrail;

  constructor(@Inject(STORAGE) storage: Storage, @Inject(AuditTrail) trail: AuditTrail) {
    this.#storage = storage;
    this.#trail = trail;
  }

  @Get()
  @Endpoint({
    access: 'detection:manage',
    summary: 'List the events that rules could not be shown',
    description:
      'An event that fails alone, each time, is set aside, so that detection goes on. `reason` says what kind of fault it was; the log of the host has its words. `items` are the latest 200 of `total`. The activity of the integration shows the event itself.',
    answer: DEAD_LETTERS_ANSWER,
  })
  async list(@Asking() { workspaceId }: Caller): Promise<DeadLettersView> {
    const { items, total } = await deadLetters(this.#storage.queries, workspaceId);
    return {
      items: items.map(({ integrationId, integrationName, key, published, reason, at }) => ({
        integration: { id: integrationId, name: integrationName },
        event: key,
        published: published.toISOString(),
        reason,
        at: at.toISOString(),
      })),
      total,
    };
  }

  @Post('retry')
  @HttpCode(200)
  @Endpoint({
    access: 'detection:manage',
    summary: 'Show rules again what they could not be shown',
    description: 'All of the workspace, at most 10,000 at once. What fails again is set aside again.',
    answer: DEAD_LETTERS_RETRIED,
  })
  @UseGuards(NoBody)
  retry(@Asking() caller: Caller): Promise<DeadLettersRetried> {
    return this.#trail.record(caller, 'dead-letters.retry', async (notes) => {
      const events = await retryDeadLetters(this.#storage.queries, caller.workspaceId);
      if (events === 0) notes.isUnchanged = true;
      notes.after = { events };
      return { events };
    });
  }
}
