import type { RunView } from '@castellan/api';
import { AuditTrail } from '../audit/audit-trail.js';
import type { Run, Storage } from '@castellan/storage';
import { Controller, Get, HttpCode, Inject, Param, Post, Query, UseGuards } from '@nestjs/common';
import { Asking, type Caller } from '../callers/caller.js';
import { Endpoint } from '../callers/endpoint.js';
import { isDatedPosition } from '../input/dated-position.js';
import { InputPipe } from '../input/input-pipe.js';
import { NoBody } from '../input/no-body.guard.js';
import { readCursor, readLimit, writeCursor } from '../input/page-query.js';
import { readId } from '../input/parameters.js';
import { notFound, Problem } from '../problems/problem.js';
import { IntegrationLookup } from '../storage/integration-lookup.js';
import { STORAGE } from '../storage/storage-token.js';
import { CANCELLED_ANSWER, RUN_ANSWER, RUNS_ANSWER, STARTED_ANSWER } from './run-examples.js';
import { RunStarter } from './run-starter.js';
import { runView } from './run-views.js';
import { RunsQuery } from './runs-query.js';

@Controller('integrations/:id')
export class RunsController {
  readonly #storage: Storage;
  readonly #integrations: IntegrationLookup;
  readonly #starter: RunStarter;
  readonly #trail: AuditTrail;

  constructor(
    @Inject(STORAGE) storage: Storage,
    @Inject(IntegrationLookup) integrations: IntegrationLookup,
    @Inject(RunStarter) starter: RunStarter,
    @Inject(AuditTrail) trail: AuditTrail,
  ) {
    this.#storage = storage;
    this.#integrations = integrations;
    this.#starter = starter;
    this.#trail = trail;
  }

  /** Starts a sync, or answers with the one that is under way. */
  @Post('sync')
  @Endpoint({
    access: 'integrations:manage',
    summary: 'Start a sync',
    description: 'Answers with the run that is under way where there is one.',
    answer: STARTED_ANSWER,
    problems: ['not-found', 'paused'],
  })
  @UseGuards(NoBody)
  @HttpCode(202)
  async sync(@Asking() caller: Caller, @Param('id') id: string): Promise<RunView> {
    const integration = await this.#integrations.require(caller, id);
    const run = await this.#trail.record(caller, 'integration.sync', async (notes) => {
      notes.target = { kind: 'integration', id: integration.id, name: integration.name };
      const made = await this.#starter.make(caller.workspaceId, integration.id, 'manual');
      notes.after = { run: made.id };
      return made;
    });
    await this.#starter.announce(run.id);
    return runView(run);
  }

  @Get('runs')
  @Endpoint({
    access: 'integrations:read',
    summary: 'List runs, newest first',
    description: '`failed=true` keeps those that have not read all that they were to read: failed and incomplete ones.',
    answer: RUNS_ANSWER,
    problems: ['not-found'],
  })
  async list(@Asking() caller: Caller, @Param('id') id: string, @Query(new InputPipe(RunsQuery)) query: RunsQuery) {
    const integration = await this.#integrations.require(caller, id);
    const after = readCursor(query, 'runs', isDatedPosition);
    const limit = readLimit(query, { standard: 20, largest: 200 });
    const page = await this.#storage.runs.list(caller.workspaceId, {
      integrationId: integration.id,
      limit,
      failed: query.failed === 'true',
      ...(after !== undefined && { after }),
    });
    return { items: page.runs.map(runView), next: writeCursor('runs', page.next) };
  }

  @Get('runs/:runId')
  @Endpoint({ access: 'integrations:read', summary: 'Show a run', answer: RUN_ANSWER, problems: ['not-found'] })
  async get(@Asking() caller: Caller, @Param('id') id: string, @Param('runId') runId: string): Promise<RunView> {
    return runView(await this.#require(caller, id, runId));
  }

  @Post('runs/:runId/cancel')
  @Endpoint({
    access: 'integrations:manage',
    summary: 'Cancel a run',
    answer: CANCELLED_ANSWER,
    problems: ['not-found', 'run-over'],
  })
  @UseGuards(NoBody)
  @HttpCode(202)
  async cancel(@Asking() caller: Caller, @Param('id') id: string, @Param('runId') runId: string): Promise<RunView> {
    const run = await this.#require(caller, id, runId);
    await this.#trail.record(caller, 'run.cancel', async (notes) => {
      notes.target = { kind: 'run', id: run.id };
      notes.after = { integration: run.integrationId };
      if (!(await this.#storage.runs.requestCancel(caller.workspaceId, run.id))) throw alreadyOver(run);
    });
    return runView(await this.#require(caller, id, runId));
  }

  /** A run of another integration is as absent as an unknown one. */
  async #require(caller: Caller, id: string, runId: string): Promise<Run> {
    const integration = await this.#integrations.require(caller, id);
    const run = await this.#storage.runs.get(caller.workspaceId, readId(runId, 'runId', 'run'));
    if (run?.integrationId !== integration.id) throw notFound('runId', 'run with this id');
    return run;
  }
}

function alreadyOver({ state }: Run): Problem {
  const detail = `The run is over (${state}) and cannot be cancelled.`;
  return new Problem({ code: 'run-over', detail });
}
