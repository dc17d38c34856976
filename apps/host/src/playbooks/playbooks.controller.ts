import type { PlaybookDetail, PlaybookRunView, PlaybookSimulation, PlaybooksView } from '@castellan/api';
import type { OurPlaybook, Playbook } from '@castellan/playbooks';
import type { PlaybookRun, Requester, Storage } from '@castellan/storage';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, UseGuards } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { AuditTrail } from '../audit/audit-trail.js';
import { Asking, type Caller } from '../callers/caller.js';
import { Endpoint } from '../callers/endpoint.js';
import { InputPipe } from '../input/input-pipe.js';
import { NoBody } from '../input/no-body.guard.js';
import { invalidRequest, notFound, Problem } from '../problems/problem.js';
import { IntegrationLookup } from '../storage/integration-lookup.js';
import { STORAGE } from '../storage/storage-token.js';
import { PlaybookBook } from './playbook-book.js';
import { PLAYBOOK_ANSWER, PLAYBOOKS_ANSWER, SIMULATE_BODY, SIMULATION_ANSWER, START_BODY } from './playbook-examples.js';
import { SimulateBody, StartBody } from './playbook-input.js';
import { type Matched, PlaybookStarts } from './playbook-starts.js';
import { PlaybookTicks } from './playbook-ticks.js';
import { playbookDetail, type PlaybookStanding, playbookRunView, playbookSummary } from './playbook-views.js';
import { RUN_ANSWER } from './run-examples.js';
import { targetOf } from './run-ends.js';
import { Simulation } from './simulation.js';

const NO_RUNS = { open: 0, waiting: 0, last24Hours: 0 };
const OF_ID = { id: 'Of a playbook, e.g. `account-takeover`.' };

/** What is done about findings, step by step: what there is, and what of it begins by itself. */
@Controller('playbooks')
export class PlaybooksController {
  constructor(
    @Inject(STORAGE) private readonly storage: Storage,
    @Inject(IntegrationLookup) private readonly integrations: IntegrationLookup,
    @Inject(PlaybookBook) private readonly book: PlaybookBook,
    @Inject(Simulation) private readonly simulation: Simulation,
    @Inject(PlaybookStarts) private readonly starts: PlaybookStarts,
    @Inject(PlaybookTicks) private readonly ticks: PlaybookTicks,
    @Inject(AuditTrail) private readonly trail: AuditTrail,
  ) {}

  @Get()
  @Endpoint({
    access: 'actions:read',
    summary: 'List the playbooks',
    description:
      'Each is off until somebody has simulated it and switched it on. Whoever has another version on than this one has none.',
    answer: PLAYBOOKS_ANSWER,
  })
  async list(@Asking() { workspaceId }: Caller): Promise<PlaybooksView> {
    const standingOf = await this.#standings(workspaceId);
    return { items: (await this.book.all()).map((our) => playbookSummary(our, standingOf(our))) };
  }

  @Get(':id')
  @Endpoint({
    access: 'actions:read',
    summary: 'Look at one, with its file',
    parameters: OF_ID,
    answer: PLAYBOOK_ANSWER,
    problems: ['not-found'],
  })
  async one(@Asking() caller: Caller, @Param('id') id: string): Promise<PlaybookDetail> {
    return this.#detail(caller, await this.book.require(id));
  }

  @Post(':id/simulate')
  @HttpCode(200)
  @Endpoint({
    access: 'playbooks:manage',
    summary: 'See what it would have done',
    description:
      'Which findings that were opened in the last `days` would have begun it, for whom, and what each step would have done, by what is stored now: no provider is asked. It may be switched on then.',
    parameters: OF_ID,
    body: SIMULATE_BODY,
    answer: SIMULATION_ANSWER,
    problems: ['not-found'],
  })
  async simulate(
    @Asking() caller: Caller,
    @Param('id') id: string,
    @Body(new InputPipe(SimulateBody)) { days }: SimulateBody,
  ): Promise<PlaybookSimulation> {
    const { playbook } = await this.book.require(id);
    const simulated = await this.simulation.run(caller.workspaceId, playbook, days);
    await this.trail.record(caller, 'playbook.simulate', async (notes) => {
      await this.storage.playbookSettings.simulated(caller.workspaceId, playbook.id, playbook.version);
      notes.target = { kind: 'playbook', id: playbook.id, name: playbook.title };
      notes.after = {
        version: playbook.version,
        days,
        runs: simulated.integrations.reduce((sum, { count }) => sum + count, 0),
      };
    });
    return simulated;
  }

  @Post(':id/enable')
  @HttpCode(200)
  @Endpoint({
    access: 'playbooks:manage',
    summary: 'Have it begin by itself',
    description: 'For what is found from now on. Only a version that was simulated in this workspace.',
    parameters: OF_ID,
    answer: PLAYBOOK_ANSWER,
    problems: ['not-found', 'playbook-not-simulated'],
  })
  @UseGuards(NoBody)
  async enable(@Asking() caller: Caller, @Param('id') id: string): Promise<PlaybookDetail> {
    const our = await this.book.require(id);
    const { title, version } = our.playbook;
    const { kind, id: by, name, userId, workspaceId } = caller;
    await this.trail.record(caller, 'playbook.enable', async (notes) => {
      const enabled = await this.storage.playbookSettings.enable(workspaceId, id, version, { kind, id: by, name, userId });
      notes.target = { kind: 'playbook', id, name: title };
      notes.after = { version };
      if (enabled !== undefined) return;
      notes.isUnchanged = true;
      if ((await this.#standing(workspaceId, our)).setting?.enabledVersion === version) return;
      const detail = `Version ${version} of "${title}" was not simulated here yet.`;
      throw new Problem({ code: 'playbook-not-simulated', detail });
    });
    return this.#detail(caller, our);
  }

  @Post(':id/disable')
  @HttpCode(200)
  @Endpoint({
    access: 'playbooks:manage',
    summary: 'Have it begin no more by itself',
    description: 'Runs that have begun go on: stop them one by one, where they shall not.',
    parameters: OF_ID,
    answer: PLAYBOOK_ANSWER,
    problems: ['not-found'],
  })
  @UseGuards(NoBody)
  async disable(@Asking() caller: Caller, @Param('id') id: string): Promise<PlaybookDetail> {
    const our = await this.book.require(id);
    await this.trail.record(caller, 'playbook.disable', async (notes) => {
      notes.target = { kind: 'playbook', id, name: our.playbook.title };
      notes.isUnchanged = !(await this.storage.playbookSettings.disable(caller.workspaceId, id));
    });
    return this.#detail(caller, our);
  }

  @Post(':id/runs')
  @Endpoint({
    access: 'actions:request',
    summary: 'Begin it because of a finding or an incident',
    description:
      'Whether it is on or off, and whatever its trigger asks beside the kind of subject. Who begins it is whoever asks for its actions: another person agrees to those that are destructive.',
    parameters: OF_ID,
    body: START_BODY,
    answer: RUN_ANSWER,
    problems: ['not-found', 'playbook-not-begun'],
  })
  async start(
    @Asking() caller: Caller,
    @Param('id') id: string,
    @Body(new InputPipe(StartBody)) body: StartBody,
  ): Promise<PlaybookRunView> {
    const { playbook } = await this.book.require(id);
    const matched = await this.#matched(caller, playbook, body);
    const { kind, id: by, name, userId, workspaceId } = caller;
    const run = await this.trail.record(caller, 'playbook.start', async (notes) => {
      const begun = await this.#begun(workspaceId, playbook, matched, { kind, id: by, name, userId });
      if (begun === undefined) throw new Problem({ code: 'playbook-not-begun', detail: 'It runs for this subject already.' });
      notes.target = targetOf(begun);
      notes.after = { playbook: playbook.id, version: playbook.version, subject: begun.subject, finding: begun.findingId };
      return begun;
    });
    this.ticks.drive(run.integrationId);
    const { id: integrationId, name: integrationName } = await this.integrations.require(caller, run.integrationId);
    return playbookRunView(run, { id: integrationId, name: integrationName });
  }

  /** It may have run because of the same before: a person may want it once more. */
  async #begun(workspaceId: string, playbook: Playbook, matched: Matched, by: Requester): Promise<PlaybookRun | undefined> {
    const first = await this.starts.begin(workspaceId, playbook, matched, by, null);
    if (first !== undefined) return first;
    const opening = `${matched.candidate.opening} ${randomUUID()}`;
    return this.starts.begin(workspaceId, playbook, { ...matched, candidate: { ...matched.candidate, opening } }, by, null);
  }

  async #matched({ workspaceId }: Caller, playbook: Playbook, { findingId, incidentId }: StartBody) {
    if ((findingId === undefined) === (incidentId === undefined))
      throw invalidRequest([{ field: 'findingId', message: 'Name a finding or an incident, and not both.' }]);
    const of = { findingId: findingId ?? null, incidentId: incidentId ?? null };
    const { findings, incidents, playbookCandidates } = this.storage;
    const isThere =
      findingId !== undefined
        ? await findings.find(workspaceId, findingId)
        : incidentId !== undefined && (await incidents.find(workspaceId, incidentId));
    if (isThere === undefined || isThere === false)
      throw findingId === undefined
        ? notFound('incidentId', 'incident with this id')
        : notFound('findingId', 'finding with this id');
    const candidate = await playbookCandidates.of(workspaceId, of, playbook.trigger.subject);
    const [matched] = await this.starts.matched(
      workspaceId,
      { ...playbook, trigger: { ...playbook.trigger, when: {} } },
      candidate === undefined ? [] : [candidate],
    );
    if (matched !== undefined) return matched;
    const detail = `It is about a subject of the kind ${playbook.trigger.subject}.`;
    throw new Problem({ code: 'playbook-not-begun', detail });
  }

  async #detail({ workspaceId }: Caller, our: OurPlaybook): Promise<PlaybookDetail> {
    const findings = await this.book.findingsOf(workspaceId, our.playbook);
    return playbookDetail(our, await this.#standing(workspaceId, our), findings);
  }

  async #standing(workspaceId: string, our: OurPlaybook): Promise<PlaybookStanding> {
    return (await this.#standings(workspaceId))(our);
  }

  async #standings(workspaceId: string): Promise<(our: OurPlaybook) => PlaybookStanding> {
    const settings = await this.storage.playbookSettings.list(workspaceId);
    const counts = await this.storage.playbookRuns.counts(workspaceId);
    return ({ playbook: { id } }) => {
      const { open, waiting, last24Hours } = counts.find(({ playbook }) => playbook === id) ?? NO_RUNS;
      return { setting: settings.find(({ playbook }) => playbook === id), runs: { open, waiting, last24Hours } };
    };
  }
}
