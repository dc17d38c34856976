import type { Run, Storage } from '@castellan/storage';
import { Controller, Get, HttpCode, Inject, Param, Post, Query, UseGuards } from '@nestjs/common';
import { InputPipe } from '../input/input-pipe.js';
import { NoBody } from '../input/no-body.guard.js';
import { PageQuery, readCursor, readLimit, writeCursor } from '../input/page-query.js';
import { readId, UUID } from '../input/parameters.js';
import { notFound, Problem } from '../problems/problem.js';
import { IntegrationLookup } from '../storage/integration-lookup.js';
import { STORAGE, WORKSPACE } from '../storage/storage-token.js';
import { RunStarter } from './run-starter.js';
import { type RunView, runView } from './run-views.js';

@Controller('integrations/:id')
export class RunsController {
  readonly #storage: Storage;
  readonly #integrations: IntegrationLookup;
  readonly #starter: RunStarter;

  constructor(
    @Inject(STORAGE) storage: Storage,
    @Inject(IntegrationLookup) integrations: IntegrationLookup,
    @Inject(RunStarter) starter: RunStarter,
  ) {
    this.#storage = storage;
    this.#integrations = integrations;
    this.#starter = starter;
  }

  /** Starts a sync, or answers with the one that is under way. */
  @Post('sync')
  @UseGuards(NoBody)
  @HttpCode(202)
  async sync(@Param('id') id: string): Promise<RunView> {
    const integration = await this.#integrations.require(id);
    return runView(await this.#starter.start(integration.id, 'manual'));
  }

  @Get('runs')
  async list(@Param('id') id: string, @Query(new InputPipe(PageQuery)) query: PageQuery) {
    const integration = await this.#integrations.require(id);
    const after = readCursor(query, 'runs', (position) => UUID.test(position));
    const limit = readLimit(query, { standard: 20, largest: 200 });
    const page = await this.#storage.runs.list(WORKSPACE, {
      integrationId: integration.id,
      limit,
      ...(after !== undefined && { after }),
    });
    return { items: page.runs.map(runView), next: writeCursor('runs', page.next) };
  }

  @Get('runs/:runId')
  async get(@Param('id') id: string, @Param('runId') runId: string): Promise<RunView> {
    return runView(await this.#require(id, runId));
  }

  @Post('runs/:runId/cancel')
  @UseGuards(NoBody)
  @HttpCode(202)
  async cancel(@Param('id') id: string, @Param('runId') runId: string): Promise<RunView> {
    const run = await this.#require(id, runId);
    if (!(await this.#storage.runs.requestCancel(WORKSPACE, run.id))) {
      const detail = `The run is over (${run.state}) and cannot be cancelled.`;
      throw new Problem({ code: 'run-over', title: 'The run is over', status: 409, detail });
    }
    return runView(await this.#require(id, runId));
  }

  /** A run of another integration is as absent as an unknown one. */
  async #require(id: string, runId: string): Promise<Run> {
    const integration = await this.#integrations.require(id);
    const run = await this.#storage.runs.get(WORKSPACE, readId(runId, 'runId', 'run'));
    if (run?.integrationId !== integration.id) throw notFound('runId', 'run with this id');
    return run;
  }
}
