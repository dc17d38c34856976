import type { ActionBatchUndoView, ActionBatchView, Page } from '@castellan/api';
import type { ActionBatch, Storage } from '@castellan/storage';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res, UseGuards } from '@nestjs/common';
import type { Response } from 'express';
import { Asking, type Caller } from '../../callers/caller.js';
import { Endpoint } from '../../callers/endpoint.js';
import { isDatedPosition } from '../../input/dated-position.js';
import { InputPipe } from '../../input/input-pipe.js';
import { NoBody } from '../../input/no-body.guard.js';
import { readCursor, readLimit, writeCursor } from '../../input/page-query.js';
import { IntegrationLookup } from '../../storage/integration-lookup.js';
import { STORAGE } from '../../storage/storage-token.js';
import { Expensive } from '../../throttle/expensive-work.js';
import { BATCH_ANSWER, BATCH_BODY, BATCH_UNDO_ANSWER, BATCHES_ANSWER } from './batch-examples.js';
import { BatchBody, BatchesQuery } from './batch-input.js';
import { BatchKeeping } from './batch-keeping.js';
import { batchView } from './batch-view.js';
import { goneSignal } from './gone-signal.js';

const LIMITS = { standard: 50, largest: 200 };

/** The same for many objects. */
@Controller('action-batches')
export class ActionBatchesController {
  constructor(
    @Inject(STORAGE) private readonly storage: Storage,
    @Inject(IntegrationLookup) private readonly integrations: IntegrationLookup,
    @Inject(BatchKeeping) private readonly batches: BatchKeeping,
  ) {}

  @Get()
  @Endpoint({
    access: 'actions:read',
    summary: 'List what was, and what is to be, done to many at once',
    description: 'The newest first.',
    answer: BATCHES_ANSWER,
    problems: ['not-found'],
  })
  async list(
    @Asking() caller: Caller,
    @Query(new InputPipe(BatchesQuery)) query: BatchesQuery,
  ): Promise<Page<ActionBatchView>> {
    const { batches, next } = await this.storage.actionBatches.list(caller.workspaceId, {
      integrationId:
        query.integration === undefined ? undefined : (await this.integrations.require(caller, query.integration)).id,
      state: query.state,
      after: readCursor(query, 'action batches', isDatedPosition),
      limit: readLimit(query, LIMITS),
    });
    const items = await this.integrations.withEach(caller, batches, batchView);
    return { items, next: writeCursor('action batches', next) };
  }

  @Get(':id')
  @Endpoint({
    access: 'actions:read',
    summary: 'Look at one',
    description: 'How many of its objects are in which state; `GET /api/actions?batch=` lists them, each with its own outcome.',
    answer: BATCH_ANSWER,
    problems: ['not-found'],
  })
  async one(@Asking() caller: Caller, @Param('id') id: string): Promise<ActionBatchView> {
    return this.#view(caller, await this.batches.require(caller, id));
  }

  @Get(':id/undo')
  @Endpoint({
    access: 'actions:read',
    summary: 'Look at what takes a batch back',
    description:
      'By what is stored: nothing is asked of the provider. Plan each of the `steps` with `plan-batch`, and ask for it with `POST /api/action-batches`, with the `undoOf` of each item. What cannot be taken back is in `leftOut`, with the reason.',
    answer: BATCH_UNDO_ANSWER,
    problems: ['not-found'],
  })
  async undo(@Asking() caller: Caller, @Param('id') id: string): Promise<ActionBatchUndoView> {
    return this.batches.undo(caller, id);
  }

  @Post()
  @Expensive('batches')
  @Endpoint({
    access: 'actions:request',
    summary: 'Have the same done to many',
    description:
      'To 100 objects at most, each by the `fingerprint` of its plan, one after another in this order. Objects that it cannot be done to, or that are not as they were, are left out and named in `refused`. What is `destructive`, and what is done to more than 10, waits for a second person, who agrees to all of it. It stops by itself when a permission is missing at the provider, and when three fail one after another. `undoOf` of an item: takes that request back, by the step that its plan names, within 7 days. `wish`: sent twice, it is one batch.',
    body: BATCH_BODY,
    answer: BATCH_ANSWER,
    problems: [
      'not-found',
      'action-not-offered',
      'action-refused',
      'action-outdated',
      'action-under-way',
      'action-not-undoable',
      'connector-unavailable',
      'secrets-locked',
      'connector-auth',
      'connector-permission',
      'connector-internal',
    ],
  })
  async request(
    @Asking() caller: Caller,
    @Body(new InputPipe(BatchBody)) body: BatchBody,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ActionBatchView> {
    return this.#view(caller, await this.batches.ask(caller, body, goneSignal(response)));
  }

  @Post(':id/approve')
  @HttpCode(200)
  @Endpoint({
    access: 'actions:approve',
    summary: 'Agree to what somebody else wants to have done to many',
    description:
      'A user who did not ask for it; never an API key. To each object it is done if nothing has changed since it was planned.',
    answer: BATCH_ANSWER,
    problems: ['not-found', 'own-approval', 'action-decided'],
  })
  @UseGuards(NoBody)
  async approve(@Asking() caller: Caller, @Param('id') id: string): Promise<ActionBatchView> {
    return this.#view(caller, await this.batches.decide(caller, id, 'approved'));
  }

  @Post(':id/reject')
  @HttpCode(200)
  @Endpoint({
    access: 'actions:approve',
    summary: 'Reject what somebody wants to have done to many',
    answer: BATCH_ANSWER,
    problems: ['not-found', 'action-decided'],
  })
  @UseGuards(NoBody)
  async reject(@Asking() caller: Caller, @Param('id') id: string): Promise<ActionBatchView> {
    return this.#view(caller, await this.batches.decide(caller, id, 'rejected'));
  }

  @Post(':id/withdraw')
  @HttpCode(200)
  @Endpoint({
    access: 'actions:request',
    summary: 'Withdraw a batch that waits for approval',
    description: 'Whoever asked for it; somebody else rejects it.',
    answer: BATCH_ANSWER,
    problems: ['not-found', 'action-of-another', 'action-decided'],
  })
  @UseGuards(NoBody)
  async withdraw(@Asking() caller: Caller, @Param('id') id: string): Promise<ActionBatchView> {
    return this.#view(caller, await this.batches.decide(caller, id, 'withdrawn'));
  }

  @Post(':id/stop')
  @HttpCode(200)
  @Endpoint({
    access: 'actions:request',
    summary: 'Stop a batch',
    description:
      'Anybody who may ask for actions. What has not begun is not done any more (`withdrawn`); what runs ends, and what is to be tried again is looked at once more instead.',
    answer: BATCH_ANSWER,
    problems: ['not-found', 'batch-over'],
  })
  @UseGuards(NoBody)
  async stop(@Asking() caller: Caller, @Param('id') id: string): Promise<ActionBatchView> {
    return this.#view(caller, await this.batches.stop(caller, id));
  }

  async #view(caller: Caller, batch: ActionBatch): Promise<ActionBatchView> {
    const { id, name } = await this.integrations.require(caller, batch.integrationId);
    return batchView(batch, { id, name });
  }
}
