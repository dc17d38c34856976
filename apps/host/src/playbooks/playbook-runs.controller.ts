import type { Page, PlaybookRunView } from '@castellan/api';
import type { Answered, PlaybookRun, Storage, StoredAnswer } from '@castellan/storage';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { AuditTrail } from '../audit/audit-trail.js';
import { Asking, type Caller } from '../callers/caller.js';
import { Endpoint } from '../callers/endpoint.js';
import { isDatedPosition } from '../input/dated-position.js';
import { InputPipe } from '../input/input-pipe.js';
import { readCursor, readLimit, writeCursor } from '../input/page-query.js';
import { readId } from '../input/parameters.js';
import { notFound, Problem } from '../problems/problem.js';
import { IntegrationLookup } from '../storage/integration-lookup.js';
import { STORAGE } from '../storage/storage-token.js';
import { DecisionBody, RunsQuery, StopBody, TickBody } from './playbook-input.js';
import { PlaybookTicks } from './playbook-ticks.js';
import { playbookRunView } from './playbook-views.js';
import { RunEnds, targetOf } from './run-ends.js';
import { DECISION_BODY, RUN_ANSWER, RUNS_ANSWER, STOP_BODY, TICK_BODY } from './run-examples.js';
import { answerKey } from './step-log.js';

const LIMITS = { standard: 100, largest: 200 };
const OF_STEP = { step: 'Of a step of the run, as its file calls it.' };

/** What became of playbooks that have begun. */
@Controller('playbook-runs')
export class PlaybookRunsController {
  constructor(
    @Inject(STORAGE) private readonly storage: Storage,
    @Inject(IntegrationLookup) private readonly integrations: IntegrationLookup,
    @Inject(RunEnds) private readonly ends: RunEnds,
    @Inject(PlaybookTicks) private readonly ticks: PlaybookTicks,
    @Inject(AuditTrail) private readonly trail: AuditTrail,
  ) {}

  @Get()
  @Endpoint({
    access: 'actions:read',
    summary: 'List runs of playbooks',
    description: 'The newest first. `state=waiting`: those that wait for a person.',
    answer: RUNS_ANSWER,
  })
  async list(@Asking() caller: Caller, @Query(new InputPipe(RunsQuery)) query: RunsQuery): Promise<Page<PlaybookRunView>> {
    const { runs, next } = await this.storage.playbookRuns.list(caller.workspaceId, {
      playbook: query.playbook,
      integrationId: query.integration,
      states: query.state === undefined ? undefined : [query.state],
      findingId: query.finding,
      incidentId: query.incident,
      after: readCursor(query, 'playbook runs', isDatedPosition),
      limit: readLimit(query, LIMITS),
    });
    const items = await this.integrations.withEach(caller, runs, playbookRunView);
    return { items, next: writeCursor('playbook runs', next) };
  }

  @Get(':id')
  @Endpoint({ access: 'actions:read', summary: 'Look at one', answer: RUN_ANSWER, problems: ['not-found'] })
  async one(@Asking() caller: Caller, @Param('id') id: string): Promise<PlaybookRunView> {
    return this.#view(caller, await this.#require(caller, id));
  }

  @Post(':id/stop')
  @HttpCode(200)
  @Endpoint({
    access: 'actions:request',
    summary: 'Stop a run',
    description: 'At once. What waits for a person is withdrawn; what is being done at a provider is done to its end.',
    body: STOP_BODY,
    answer: RUN_ANSWER,
    problems: ['not-found', 'playbook-waits-for-nobody'],
  })
  async stop(
    @Asking() caller: Caller,
    @Param('id') id: string,
    @Body(new InputPipe(StopBody)) { reason }: StopBody,
  ): Promise<PlaybookRunView> {
    const { id: runId } = await this.#require(caller, id);
    const { kind, id: by, name, workspaceId } = caller;
    const stopped = await this.trail.record(caller, 'playbook.stop', async (notes) => {
      const run = await this.storage.playbookRuns.stop(workspaceId, runId, { kind, id: by, name }, reason.trim());
      if (run === undefined) throw over();
      await this.ends.withdrawOpen(run);
      await this.ends.comment(run, `The playbook was stopped by ${name}: ${reason.trim()}`);
      notes.target = targetOf(run);
      notes.after = { reason: reason.trim() };
      return run;
    });
    return this.#view(caller, stopped);
  }

  @Post(':id/steps/:step/approve')
  @HttpCode(200)
  @Endpoint({
    access: 'actions:approve',
    summary: 'Say yes to what a step asks',
    description: 'A user, never an API key. It goes on with the next step.',
    parameters: OF_STEP,
    body: DECISION_BODY,
    answer: RUN_ANSWER,
    problems: ['not-found', 'own-approval', 'playbook-waits-for-nobody'],
  })
  async approve(
    @Asking() caller: Caller,
    @Param('id') id: string,
    @Param('step') step: string,
    @Body(new InputPipe(DecisionBody)) { note }: DecisionBody,
  ): Promise<PlaybookRunView> {
    return this.#decide(caller, id, step, 'approved', note);
  }

  @Post(':id/steps/:step/decline')
  @HttpCode(200)
  @Endpoint({
    access: 'actions:approve',
    summary: 'Say no to what a step asks',
    description: 'A user, never an API key. It goes on where the playbook says.',
    parameters: OF_STEP,
    body: DECISION_BODY,
    answer: RUN_ANSWER,
    problems: ['not-found', 'own-approval', 'playbook-waits-for-nobody'],
  })
  async decline(
    @Asking() caller: Caller,
    @Param('id') id: string,
    @Param('step') step: string,
    @Body(new InputPipe(DecisionBody)) { note }: DecisionBody,
  ): Promise<PlaybookRunView> {
    return this.#decide(caller, id, step, 'declined', note);
  }

  @Post(':id/steps/:step/tick')
  @HttpCode(200)
  @Endpoint({
    access: 'actions:request',
    summary: 'Tick off what was done by hand',
    description: 'Or, with `isDone: false`, why nothing was. Whether it is so is seen with the next sync.',
    parameters: OF_STEP,
    body: TICK_BODY,
    answer: RUN_ANSWER,
    problems: ['not-found', 'playbook-waits-for-nobody'],
  })
  async tick(
    @Asking() caller: Caller,
    @Param('id') id: string,
    @Param('step') step: string,
    @Body(new InputPipe(TickBody)) { item, note, isDone = true }: TickBody,
  ): Promise<PlaybookRunView> {
    const run = await this.#require(caller, id);
    const found = run.log.find((entry) => entry.step === step)?.items.find((one) => one.id === item);
    if (found === undefined) throw notFound('item', 'such item of this step');
    if (found.state !== 'by_hand') throw over();
    return this.#answer(caller, run, {
      key: answerKey(step, item),
      is: isDone ? 'ticked' : 'left',
      note,
      audit: 'playbook.tick',
      step,
      item,
    });
  }

  async #decide(
    caller: Caller,
    id: string,
    step: string,
    is: 'approved' | 'declined',
    note: string | undefined,
  ): Promise<PlaybookRunView> {
    const run = await this.#require(caller, id);
    const audit = is === 'approved' ? 'playbook.approve' : 'playbook.decline';
    if (caller.kind !== 'user') {
      await this.trail.refused(caller, audit, { target: targetOf(run), after: { step } });
      throw new Problem({ code: 'own-approval', detail: 'A person is asked, and an API key is none.' });
    }
    const entry = run.log.find((one) => one.step === step);
    if (entry === undefined) throw notFound('step', 'such step that has begun');
    if (entry.kind !== 'approval' || entry.state !== 'open' || isLate(entry.dueAt)) throw over();
    return this.#answer(caller, run, { key: answerKey(step), is, note, audit, step });
  }

  async #answer(caller: Caller, run: PlaybookRun, said: Said): Promise<PlaybookRunView> {
    const { kind, id, name, workspaceId } = caller;
    const note = said.note?.trim() ?? null;
    const answer: StoredAnswer = { is: said.is, by: { kind, id, name }, at: new Date().toISOString(), note };
    const answered = await this.trail.record(caller, said.audit, async (notes) => {
      const after = await this.storage.playbookRuns.answer(workspaceId, run.id, said, answer);
      if (after === undefined) throw over();
      notes.target = targetOf(after);
      notes.after = { step: said.step, is: said.is, note };
      return after;
    });
    this.ticks.drive(answered.integrationId);
    return this.#view(caller, answered);
  }

  async #require({ workspaceId }: Caller, id: string): Promise<PlaybookRun> {
    const found = await this.storage.playbookRuns.find(workspaceId, readId(id, 'id', 'run of a playbook'));
    if (found === undefined) throw notFound('id', 'run of a playbook with this id');
    return found;
  }

  async #view(caller: Caller, run: PlaybookRun): Promise<PlaybookRunView> {
    const { id, name } = await this.integrations.require(caller, run.integrationId);
    return playbookRunView(run, { id, name });
  }
}

interface Said extends Answered {
  readonly is: StoredAnswer['is'];
  readonly note: string | undefined;
  readonly audit: 'playbook.approve' | 'playbook.decline' | 'playbook.tick';
}

function isLate(dueAt: string | null): boolean {
  return dueAt !== null && Date.parse(dueAt) <= Date.now();
}

function over(): Problem {
  const detail = 'The run is over, has left this step behind, or somebody has answered already.';
  return new Problem({ code: 'playbook-waits-for-nobody', detail });
}
