import type { FieldHint } from '@castellan/form-schema';
import type { Storage } from '@castellan/storage';
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, UseGuards } from '@nestjs/common';
import { ConnectorDesk } from '../connectors/connector-desk.js';
import { type HintedReport, hinted } from '../connectors/hinted-report.js';
import { InputPipe } from '../input/input-pipe.js';
import { NoBody } from '../input/no-body.guard.js';
import { notFound } from '../problems/problem.js';
import { IntegrationLookup } from '../storage/integration-lookup.js';
import { STORAGE, WORKSPACE } from '../storage/storage-token.js';
import { IntegrationCreation } from './integration-creation.js';
import { IntegrationInput } from './integration-input.js';
import { IntegrationReading } from './integration-reading.js';
import type { IntegrationDetail, IntegrationView } from './integration-views.js';

/** Settings that were understood but changed are named once, where they came in. */
export interface CreatedIntegration extends IntegrationDetail {
  readonly hints: readonly FieldHint[];
}

@Controller('integrations')
export class IntegrationsController {
  readonly #creation: IntegrationCreation;
  readonly #reading: IntegrationReading;
  readonly #lookup: IntegrationLookup;
  readonly #desk: ConnectorDesk;
  readonly #storage: Storage;

  constructor(
    @Inject(IntegrationCreation) creation: IntegrationCreation,
    @Inject(IntegrationReading) reading: IntegrationReading,
    @Inject(IntegrationLookup) lookup: IntegrationLookup,
    @Inject(ConnectorDesk) desk: ConnectorDesk,
    @Inject(STORAGE) storage: Storage,
  ) {
    this.#creation = creation;
    this.#reading = reading;
    this.#lookup = lookup;
    this.#desk = desk;
    this.#storage = storage;
  }

  @Post()
  async create(@Body(new InputPipe(IntegrationInput)) input: IntegrationInput): Promise<CreatedIntegration> {
    const { id, hints } = await this.#creation.create(input);
    return { ...(await this.#reading.detail(id)), hints };
  }

  @Get()
  async list(): Promise<{ readonly items: readonly IntegrationView[] }> {
    return { items: await this.#reading.list() };
  }

  @Get(':id')
  get(@Param('id') id: string): Promise<IntegrationDetail> {
    return this.#reading.detail(id);
  }

  /** With everything that was collected. A run under way finds its integration gone and stops. */
  @Delete(':id')
  @HttpCode(204)
  async remove(@Param('id') id: string): Promise<void> {
    const integration = await this.#lookup.require(id);
    if (!(await this.#storage.integrations.delete(WORKSPACE, integration.id))) throw notFound('id', 'integration with this id');
  }

  /** With the stored settings only: secrets that belong to one address must not be sent to another. */
  @Post(':id/test')
  @UseGuards(NoBody)
  @HttpCode(200)
  async test(@Param('id') id: string): Promise<HintedReport> {
    const integration = await this.#lookup.require(id);
    const connector = this.#desk.connector(integration.connectorId, 'id');
    const opened = await this.#storage.integrationStore.open(integration.id);
    if (opened === undefined) throw notFound('id', 'integration with this id');
    const { config, hints } = await this.#desk.validate(connector, opened.config);
    return hinted(await this.#desk.test(connector, config), hints);
  }
}
