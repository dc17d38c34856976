import type { DeletionView, Edited, HintedReport, IntegrationDetail } from '@castellan/api';
import type { Storage } from '@castellan/storage';
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Query, UseGuards } from '@nestjs/common';
import { Asking, type Caller } from '../callers/caller.js';
import { Endpoint } from '../callers/endpoint.js';
import { CONNECTION_PROBLEMS } from '../connectors/connection-problems.js';
import { ConnectorDesk } from '../connectors/connector-desk.js';
import { REPORT_ANSWER } from '../connectors/connector-examples.js';
import { hinted } from '../connectors/hinted-report.js';
import { isDatedPosition } from '../input/dated-position.js';
import { InputPipe } from '../input/input-pipe.js';
import { NoBody } from '../input/no-body.guard.js';
import { readCursor, readLimit, writeCursor } from '../input/page-query.js';
import { IntegrationLookup } from '../storage/integration-lookup.js';
import { STORAGE } from '../storage/storage-token.js';
import { Expensive } from '../throttle/expensive-work.js';
import { IntegrationCreation } from './integration-creation.js';
import { IntegrationDeletion } from './integration-deletion.js';
import {
  CREATED_ANSWER,
  DELETION_ANSWER,
  INTEGRATION_ANSWER,
  INTEGRATION_BODY,
  INTEGRATIONS_ANSWER,
} from './integration-examples.js';
import { DeletionQuery, IntegrationInput, IntegrationsQuery } from './integration-input.js';
import { type IntegrationList, IntegrationReading } from './integration-reading.js';
import { StoredSettings } from './stored-settings.js';

@Controller('integrations')
export class IntegrationsController {
  readonly #creation: IntegrationCreation;
  readonly #reading: IntegrationReading;
  readonly #deletion: IntegrationDeletion;
  readonly #lookup: IntegrationLookup;
  readonly #stored: StoredSettings;
  readonly #desk: ConnectorDesk;
  readonly #storage: Storage;

  constructor(
    @Inject(IntegrationCreation) creation: IntegrationCreation,
    @Inject(IntegrationReading) reading: IntegrationReading,
    @Inject(IntegrationDeletion) deletion: IntegrationDeletion,
    @Inject(IntegrationLookup) lookup: IntegrationLookup,
    @Inject(StoredSettings) stored: StoredSettings,
    @Inject(ConnectorDesk) desk: ConnectorDesk,
    @Inject(STORAGE) storage: Storage,
  ) {
    this.#creation = creation;
    this.#reading = reading;
    this.#deletion = deletion;
    this.#lookup = lookup;
    this.#stored = stored;
    this.#desk = desk;
    this.#storage = storage;
  }

  @Post()
  @Expensive()
  @Endpoint({
    access: 'integrations:manage',
    summary: 'Connect a system: validate, test, store, start the first sync',
    description:
      'Without `name` it is named after the connector and numbered; without `owner` it belongs to who asks. `schedule.everySeconds` is 900 to 2592000, `schedule.pollSeconds` 10 to 86400, 0 for never or null for the rhythm of the host. `acceptIncomplete` stores it although some streams cannot be read.',
    body: INTEGRATION_BODY,
    answer: CREATED_ANSWER,
    problems: [...CONNECTION_PROBLEMS, 'connection-refused', 'connection-incomplete', 'name-taken', 'not-an-owner'],
  })
  async create(
    @Asking() caller: Caller,
    @Body(new InputPipe(IntegrationInput)) input: IntegrationInput,
  ): Promise<IntegrationDetail & Edited> {
    const { id, hints } = await this.#creation.create(caller, input);
    return { ...(await this.#reading.detail(caller, id)), hints };
  }

  @Get()
  @Endpoint({
    access: 'integrations:read',
    summary: 'List the integrations with their status',
    description:
      '`status` keeps those of one state. `next` is the `cursor` of the next page; null on the last. With `status` a page can have fewer than `limit` items, or none, and yet a `next`: a status is worked out anew for each integration, for a thousand of them a page at most.',
    answer: INTEGRATIONS_ANSWER,
  })
  async list(
    @Asking() caller: Caller,
    @Query(new InputPipe(IntegrationsQuery)) query: IntegrationsQuery,
  ): Promise<IntegrationList> {
    const after = readCursor(query, 'integrations', isDatedPosition);
    const limit = readLimit(query, { standard: 200, largest: 200 });
    const { items, next } = await this.#reading.list(caller, { limit, after, status: query.status });
    return { items, next: writeCursor('integrations', next) };
  }

  @Get(':id')
  @Endpoint({
    access: 'integrations:read',
    summary: 'Show an integration, its counts and how fresh each stream is',
    answer: INTEGRATION_ANSWER,
    problems: ['not-found'],
  })
  get(@Asking() caller: Caller, @Param('id') id: string): Promise<IntegrationDetail> {
    return this.#reading.detail(caller, id);
  }

  @Get(':id/deletion')
  @Endpoint({
    access: 'integrations:manage',
    summary: 'Show what a deletion would take along, and what stays',
    answer: DELETION_ANSWER,
    problems: ['not-found'],
  })
  deletion(@Asking() caller: Caller, @Param('id') id: string): Promise<DeletionView> {
    return this.#deletion.preview(caller, id);
  }

  /** With everything that was collected. A run under way finds its integration gone and stops. */
  @Delete(':id')
  @Endpoint({
    access: 'integrations:manage',
    summary: 'Delete an integration and what was collected',
    description:
      'It is gone at once; its rows are removed in the background. `confirm`: the name as a person typed it; when it differs, nothing is deleted. A program may leave it out.',
    problems: ['not-found', 'name-differs'],
  })
  @UseGuards(NoBody)
  @HttpCode(204)
  remove(
    @Asking() caller: Caller,
    @Param('id') id: string,
    @Query(new InputPipe(DeletionQuery)) { confirm }: DeletionQuery,
  ): Promise<void> {
    return this.#deletion.delete(caller, id, confirm);
  }

  /** With the stored settings only: secrets that belong to one address must not be sent to another. */
  @Post(':id/test')
  @Expensive()
  @Endpoint({
    access: 'integrations:manage',
    summary: 'Test the connection with the stored settings',
    description: 'Failed checks are the answer, not an error; `ok` says whether all are good.',
    answer: REPORT_ANSWER,
    problems: [...CONNECTION_PROBLEMS, 'secrets-locked'],
  })
  @UseGuards(NoBody)
  @HttpCode(200)
  async test(@Asking() caller: Caller, @Param('id') id: string): Promise<HintedReport> {
    const integration = await this.#lookup.require(caller, id);
    const connector = this.#desk.connectorOf(integration);
    const { config, hints } = await this.#desk.validate(connector, await this.#stored.open(integration));
    const report = await this.#desk.test(connector, config);
    // What the test could not tell, e.g. since nobody answered, is as it was.
    if (report.actionGrants !== undefined) await this.#storage.actionGrants.note(integration.id, report.actionGrants);
    return hinted(report, hints);
  }
}
