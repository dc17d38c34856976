import type { ActionRequestView, Page } from '@castellan/api';
import type { ActionRequest, Storage } from '@castellan/storage';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, UseGuards } from '@nestjs/common';
import { AuditTrail } from '../audit/audit-trail.js';
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
import { ActionAsking, wishOf } from './action-asking.js';
import { ACTION_ANSWER, ACTION_BODY, ACTIONS_ANSWER } from './action-examples.js';
import { ActionRequestBody, ActionsQuery } from './action-input.js';
import { decidedAlready, type Decision, requireMayDecide } from './action-deciding.js';
import { ActionRefusals, notedWish } from './action-refusals.js';
import { ActionTicks } from './action-ticks.js';
import { actionRequestView } from './action-views.js';

const LIMITS = { standard: 100, largest: 200 };

/** What somebody wants to have done at a provider, and what became of it. */
@Controller('actions')
export class ActionsController {
  constructor(
    @Inject(STORAGE) private readonly storage: Storage,
    @Inject(IntegrationLookup) private readonly integrations: IntegrationLookup,
    @Inject(ActionAsking) private readonly asking: ActionAsking,
    @Inject(AuditTrail) private readonly trail: AuditTrail,
    @Inject(ActionTicks) private readonly ticks: ActionTicks,
    @Inject(ActionRefusals) private readonly refusals: ActionRefusals,
  ) {}

  @Get()
  @Endpoint({
    access: 'actions:read',
    summary: 'List what was, and what is to be, done at providers',
    description:
      'The newest first. `state=proposed`: what waits for a second person. `finding`, `incident`: what was done about one. `batch`: the objects of one; `none`: what was asked for by itself.',
    answer: ACTIONS_ANSWER,
    problems: ['not-found'],
  })
  async list(
    @Asking() caller: Caller,
    @Query(new InputPipe(ActionsQuery)) query: ActionsQuery,
  ): Promise<Page<ActionRequestView>> {
    const { requests, next } = await this.storage.actions.list(caller.workspaceId, {
      integrationId:
        query.integration === undefined ? undefined : (await this.integrations.require(caller, query.integration)).id,
      states: query.state === undefined ? undefined : [query.state],
      findingId: query.finding,
      batchId: query.batch === 'none' ? null : query.batch,
      incidentId: query.incident,
      after: readCursor(query, 'actions', isDatedPosition),
      limit: readLimit(query, LIMITS),
    });
    const items = await this.integrations.withEach(caller, requests, actionRequestView);
    return { items, next: writeCursor('actions', next) };
  }

  @Get(':id')
  @Endpoint({ access: 'actions:read', summary: 'Look at one', answer: ACTION_ANSWER, problems: ['not-found'] })
  async one(@Asking() caller: Caller, @Param('id') id: string): Promise<ActionRequestView> {
    return this.#view(caller, await this.#require(caller, id));
  }

  @Post()
  @Endpoint({
    access: 'actions:request',
    summary: 'Have something done at a provider',
    description:
      'By the `fingerprint` of its plan: where another one would be carried out by now, nothing is kept. What is `destructive` waits for a second person for 24 hours, anything else is done next. `undoOf`: takes that request back, by the step that its plan names, within 7 days. `wish`: sent twice, it is one request. `byHand`: it was done in the console of the provider already, with what was done as `reason`; nothing is sent, nobody has to agree, also what the settings do not offer can be said, and it is looked until it shows: by a sync that begins later, after an hour at the earliest, or for a day.',
    body: ACTION_BODY,
    answer: ACTION_ANSWER,
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
      'connector-rate-limit',
      'connector-transient',
      'connector-upstream',
    ],
  })
  async request(
    @Asking() caller: Caller,
    @Body(new InputPipe(ActionRequestBody)) body: ActionRequestBody,
  ): Promise<ActionRequestView> {
    const about = { target: { kind: 'integration', id: body.integrationId }, after: notedWish(body) };
    const request = await this.refusals.noted(caller, actionOf(body), about, () => this.#ask(caller, body));
    if (request.state === 'approved' || request.byHand) this.ticks.begin(request);
    return this.#view(caller, request);
  }

  async #ask(caller: Caller, body: ActionRequestBody): Promise<ActionRequest> {
    const integration = await this.integrations.require(caller, body.integrationId);
    // What was done since then might be refused by now: nothing is looked at for what was asked for already.
    const known = body.wish === undefined ? undefined : await this.#ofWish(caller, body.wish);
    if (known !== undefined) return known;
    const wanted = await this.asking.toRequest(caller, integration, body);
    return this.trail.record(caller, actionOf(body), async (notes) => {
      const created = await this.storage.actions.create(caller.workspaceId, wanted);
      if (created === undefined) throw notFound('integrationId', 'integration with this id');
      if (created.is === 'under way') throw underWay(created.request);
      notes.isUnchanged = created.is !== 'new';
      notes.target = targetOf(created.request);
      notes.after = noted(created.request);
      return created.request;
    });
  }

  @Post(':id/approve')
  @HttpCode(200)
  @Endpoint({
    access: 'actions:approve',
    summary: 'Agree to what somebody else wants to have done',
    description:
      'A user who did not ask for it; never an API key. It is done next, if nothing has changed since it was planned.',
    answer: ACTION_ANSWER,
    problems: ['not-found', 'own-approval', 'action-decided', 'action-in-batch'],
  })
  @UseGuards(NoBody)
  async approve(@Asking() caller: Caller, @Param('id') id: string): Promise<ActionRequestView> {
    const request = await this.#require(caller, id);
    const approved = await this.#decide(caller, request, 'approved');
    this.ticks.begin(approved);
    return this.#view(caller, approved);
  }

  @Post(':id/reject')
  @HttpCode(200)
  @Endpoint({
    access: 'actions:approve',
    summary: 'Reject what somebody wants to have done',
    answer: ACTION_ANSWER,
    problems: ['not-found', 'action-decided', 'action-in-batch'],
  })
  @UseGuards(NoBody)
  async reject(@Asking() caller: Caller, @Param('id') id: string): Promise<ActionRequestView> {
    return this.#view(caller, await this.#decide(caller, await this.#require(caller, id), 'rejected'));
  }

  @Post(':id/withdraw')
  @HttpCode(200)
  @Endpoint({
    access: 'actions:request',
    summary: 'Withdraw what waits for approval',
    description: 'Whoever asked for it; somebody else rejects it.',
    answer: ACTION_ANSWER,
    problems: ['not-found', 'action-of-another', 'action-decided', 'action-in-batch'],
  })
  @UseGuards(NoBody)
  async withdraw(@Asking() caller: Caller, @Param('id') id: string): Promise<ActionRequestView> {
    return this.#view(caller, await this.#decide(caller, await this.#require(caller, id), 'withdrawn'));
  }

  #ofWish(caller: Caller, wish: string): Promise<ActionRequest | undefined> {
    return this.storage.actions.ofWish(caller.workspaceId, wishOf(caller, wish));
  }

  async #decide(caller: Caller, request: ActionRequest, state: Decision): Promise<ActionRequest> {
    const about = { target: targetOf(request), after: noted(request) };
    return this.refusals.noted(caller, DECISIONS[state], about, async () => {
      if (request.batchId !== null) throw inBatch(request.batchId);
      requireMayDecide(caller, request.requestedBy, state);
      return this.trail.record(caller, DECISIONS[state], async (notes) => {
        const { kind, id, name, workspaceId } = caller;
        const decided = await this.storage.actions.decide(workspaceId, request.id, state, { kind, id, name });
        if (decided === undefined) throw decidedAlready();
        notes.target = targetOf(decided);
        notes.after = noted(decided);
        return decided;
      });
    });
  }

  async #require({ workspaceId }: Caller, id: string): Promise<ActionRequest> {
    const found = await this.storage.actions.find(workspaceId, readId(id, 'id', 'request'));
    if (found === undefined) throw notFound('id', 'request with this id');
    return found;
  }

  async #view(caller: Caller, request: ActionRequest): Promise<ActionRequestView> {
    const { id, name } = await this.integrations.require(caller, request.integrationId);
    return actionRequestView(request, { id, name });
  }
}

const DECISIONS = { approved: 'action.approve', rejected: 'action.reject', withdrawn: 'action.withdraw' } as const;

function underWay({ id }: ActionRequest): Problem {
  return new Problem({ code: 'action-under-way', detail: `The same is to be done already, by the request ${id}.` });
}

function actionOf({ byHand }: ActionRequestBody): string {
  return byHand === true ? 'action.by-hand' : 'action.request';
}

function inBatch(id: string): Problem {
  return new Problem({ code: 'action-in-batch', detail: `It is part of the batch ${id}, and is decided with all of it.` });
}

function targetOf({ id, title, subject }: ActionRequest) {
  return { kind: 'action', id, name: `${title}: ${subject.name}` };
}

/** What of it stands in the audit log: the input may have somebody's profile in it. */
function noted({ integrationId, action, subject, plan, reason, state, undoOf }: ActionRequest) {
  const calls = plan.calls.map(({ method, path }) => `${method} ${path}`);
  return { integration: integrationId, action, subject, calls, reason, state, undoOf };
}
