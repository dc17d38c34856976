import type { ActionDecisionsView, ActionRequestView, Page } from '@castellan/api';
import type { ActionRequest, Storage } from '@castellan/storage';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, UseGuards } from '@nestjs/common';
import { AuditTrail } from '../audit/audit-trail.js';
import { Asking, type Caller } from '../callers/caller.js';
import { Endpoint } from '../callers/endpoint.js';
import { isDatedPosition } from '../input/dated-position.js';
import { InputPipe } from '../input/input-pipe.js';
import { NoBody } from '../input/no-body.guard.js';
import { readCursor, readLimit, writeCursor } from '../input/page-query.js';
import { notFound, Problem } from '../problems/problem.js';
import { IntegrationLookup } from '../storage/integration-lookup.js';
import { STORAGE } from '../storage/storage-token.js';
import { ActionAsking, wishOf } from './action-asking.js';
import { ACTION_ANSWER, ACTION_BODY, ACTIONS_ANSWER, DECISIONS_ANSWER, DECISIONS_BODY } from './action-examples.js';
import { ActionRequestBody, ActionsQuery, DecisionsBody } from './action-input.js';
import { ActionDecisions } from './action-decisions.js';
import { notedRequest, requestTarget } from './action-notes.js';
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
    @Inject(ActionDecisions) private readonly decisions: ActionDecisions,
  ) {}

  @Get()
  @Endpoint({
    access: 'actions:read',
    summary: 'List what was, and what is to be, done at providers',
    description:
      'The newest first. `state=proposed`: what waits for a second person. `finding`, `incident`: what was done about one. `batch`: the objects of one; `none`: what was asked for by itself. `run`: what a run of a playbook waits for, or has had done: what it has asked for, and what was asked for already.',
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
      ids: query.run === undefined ? undefined : await this.#ofRun(caller, query.run),
      after: readCursor(query, 'actions', isDatedPosition),
      limit: readLimit(query, LIMITS),
    });
    const items = await this.integrations.withEach(caller, requests, actionRequestView);
    return { items, next: writeCursor('actions', next) };
  }

  @Get(':id')
  @Endpoint({ access: 'actions:read', summary: 'Look at one', answer: ACTION_ANSWER, problems: ['not-found'] })
  async one(@Asking() caller: Caller, @Param('id') id: string): Promise<ActionRequestView> {
    return this.#view(caller, await this.decisions.require(caller, id));
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
      notes.target = requestTarget(created.request);
      notes.after = notedRequest(created.request);
      return created.request;
    });
  }

  @Post('decisions')
  @HttpCode(200)
  @Endpoint({
    access: 'actions:approve',
    summary: 'Decide on several at once',
    description:
      'E.g. on all that one step of a playbook asks for (`playbookStep`). Each by the rules of one by itself, and each with its own line in the audit log; what is not named goes on waiting. What cannot be decided is in `refused`, and does not stop the others.',
    body: DECISIONS_BODY,
    answer: DECISIONS_ANSWER,
    problems: ['not-found', 'own-approval', 'action-decided', 'action-in-batch'],
  })
  async decideEach(
    @Asking() caller: Caller,
    @Body(new InputPipe(DecisionsBody)) { decision, requests }: DecisionsBody,
  ): Promise<ActionDecisionsView> {
    const state = decision === 'approve' ? 'approved' : 'rejected';
    const { decided, refused } = await this.decisions.decideEach(caller, requests, state);
    return {
      decided: await this.integrations.withEach(caller, decided, actionRequestView),
      refused: refused.map(({ request, problem: { body } }) => ({
        request,
        problem: { kind: body.type.slice(body.type.lastIndexOf(':') + 1), message: body.detail },
      })),
    };
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
    return this.#view(caller, await this.decisions.decide(caller, id, 'approved'));
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
    return this.#view(caller, await this.decisions.decide(caller, id, 'rejected'));
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
    return this.#view(caller, await this.decisions.decide(caller, id, 'withdrawn'));
  }

  #ofWish(caller: Caller, wish: string): Promise<ActionRequest | undefined> {
    return this.storage.actions.ofWish(caller.workspaceId, wishOf(caller, wish));
  }

  /** Of one that is not there there is nothing. */
  async #ofRun({ workspaceId }: Caller, id: string): Promise<readonly string[]> {
    const run = await this.storage.playbookRuns.find(workspaceId, id);
    return run?.log.flatMap(({ items }) => items.flatMap(({ requestId }) => requestId ?? [])) ?? [];
  }

  async #view(caller: Caller, request: ActionRequest): Promise<ActionRequestView> {
    const { id, name } = await this.integrations.require(caller, request.integrationId);
    return actionRequestView(request, { id, name });
  }
}

function underWay({ id }: ActionRequest): Problem {
  return new Problem({ code: 'action-under-way', detail: `The same is to be done already, by the request ${id}.` });
}

function actionOf({ byHand }: ActionRequestBody): string {
  return byHand === true ? 'action.by-hand' : 'action.request';
}
