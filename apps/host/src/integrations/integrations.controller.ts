import { AuditTrail } from '../audit/audit-trail.js';
import type { Storage } from '@castellan/storage';
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, UseGuards } from '@nestjs/common';
import { Asking, type Caller } from '../callers/caller.js';
import { Endpoint } from '../callers/endpoint.js';
import { CONNECTION_PROBLEMS } from '../connectors/connection-problems.js';
import { REPORT_ANSWER } from '../connectors/connector-examples.js';
import { ConnectorDesk } from '../connectors/connector-desk.js';
import { type HintedReport, hinted } from '../connectors/hinted-report.js';
import { InputPipe } from '../input/input-pipe.js';
import { NoBody } from '../input/no-body.guard.js';
import { notFound } from '../problems/problem.js';
import { IntegrationLookup } from '../storage/integration-lookup.js';
import { STORAGE } from '../storage/storage-token.js';
import { Expensive } from '../throttle/expensive-work.js';
import { CREATED_ANSWER, INTEGRATION_ANSWER, INTEGRATION_BODY, INTEGRATIONS_ANSWER } from './integration-examples.js';
import { IntegrationCreation } from './integration-creation.js';
import { IntegrationInput } from './integration-input.js';
import { IntegrationReading } from './integration-reading.js';
import { type CreatedIntegration, type IntegrationDetail, type IntegrationView, shownConfig } from './integration-views.js';

@Controller('integrations')
export class IntegrationsController {
  readonly #creation: IntegrationCreation;
  readonly #reading: IntegrationReading;
  readonly #lookup: IntegrationLookup;
  readonly #desk: ConnectorDesk;
  readonly #storage: Storage;
  readonly #trail: AuditTrail;

  constructor(
    @Inject(IntegrationCreation) creation: IntegrationCreation,
    @Inject(IntegrationReading) reading: IntegrationReading,
    @Inject(IntegrationLookup) lookup: IntegrationLookup,
    @Inject(ConnectorDesk) desk: ConnectorDesk,
    @Inject(STORAGE) storage: Storage,
    @Inject(AuditTrail) trail: AuditTrail,
  ) {
    this.#creation = creation;
    this.#reading = reading;
    this.#lookup = lookup;
    this.#desk = desk;
    this.#storage = storage;
    this.#trail = trail;
  }

  @Post()
  @Expensive()
  @Endpoint({
    access: 'integrations:manage',
    summary: 'Connect a system: validate, test, store, start the first sync',
    description: 'Nothing is stored unless the connection works.',
    body: INTEGRATION_BODY,
    answer: CREATED_ANSWER,
    problems: [...CONNECTION_PROBLEMS, 'connection-refused', 'connection-incomplete'],
  })
  async create(
    @Asking() caller: Caller,
    @Body(new InputPipe(IntegrationInput)) input: IntegrationInput,
  ): Promise<CreatedIntegration> {
    const { id, hints } = await this.#creation.create(caller, input);
    return { ...(await this.#reading.detail(caller, id)), hints };
  }

  @Get()
  @Endpoint({ access: 'integrations:read', summary: 'List the integrations with their status', answer: INTEGRATIONS_ANSWER })
  async list(@Asking() caller: Caller): Promise<{ readonly items: readonly IntegrationView[] }> {
    return { items: await this.#reading.list(caller) };
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

  /** With everything that was collected. A run under way finds its integration gone and stops. */
  @Delete(':id')
  @Endpoint({ access: 'integrations:manage', summary: 'Delete an integration and what was collected', problems: ['not-found'] })
  @HttpCode(204)
  async remove(@Asking() caller: Caller, @Param('id') id: string): Promise<void> {
    const integration = await this.#lookup.require(caller, id);
    await this.#trail.record(caller, 'integration.delete', async (notes) => {
      notes.target = { kind: 'integration', id: integration.id, name: integration.name };
      notes.before = { connector: integration.connectorId, name: integration.name, config: shownConfig(integration) };
      const { workspaceId } = caller;
      if (!(await this.#storage.integrations.delete(workspaceId, integration.id)))
        throw notFound('id', 'integration with this id');
    });
  }

  /** With the stored settings only: secrets that belong to one address must not be sent to another. */
  @Post(':id/test')
  @Expensive()
  @Endpoint({
    access: 'integrations:manage',
    summary: 'Test the connection with the stored settings',
    description: 'Failed checks are the answer, not an error.',
    answer: REPORT_ANSWER,
    problems: CONNECTION_PROBLEMS,
  })
  @UseGuards(NoBody)
  @HttpCode(200)
  async test(@Asking() caller: Caller, @Param('id') id: string): Promise<HintedReport> {
    const integration = await this.#lookup.require(caller, id);
    const connector = this.#desk.connector(integration.connectorId, 'id');
    const opened = await this.#storage.integrationStore.open(integration.id);
    if (opened === undefined) throw notFound('id', 'integration with this id');
    const { config, hints } = await this.#desk.validate(connector, opened.config);
    return hinted(await this.#desk.test(connector, config), hints);
  }
}
