import type { ActionBatchPlanView, ActionPlanView, OfferedActions } from '@castellan/api';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Asking, type Caller } from '../callers/caller.js';
import { Endpoint } from '../callers/endpoint.js';
import { ConnectorDesk } from '../connectors/connector-desk.js';
import { InputPipe } from '../input/input-pipe.js';
import { IntegrationLookup } from '../storage/integration-lookup.js';
import { Expensive } from '../throttle/expensive-work.js';
import { ActionAsking } from './action-asking.js';
import { OFFERED_ANSWER, PLAN_ANSWER, PLAN_BODY } from './action-examples.js';
import { ActionPlanBody, readWanted } from './action-input.js';
import { offeredAction } from './action-views.js';
import { GrantedActions, grantsView } from './granted-actions.js';
import { BatchAsking } from './batches/batch-asking.js';
import { BATCH_PLAN_ANSWER, BATCH_PLAN_BODY } from './batches/batch-examples.js';
import { BatchPlanBody, readInputs } from './batches/batch-input.js';
import { goneSignal } from './batches/gone-signal.js';

/** What can be done at the provider of an integration. */
@Controller('integrations/:id/actions')
export class IntegrationActionsController {
  constructor(
    @Inject(IntegrationLookup) private readonly integrations: IntegrationLookup,
    @Inject(ActionAsking) private readonly asking: ActionAsking,
    @Inject(ConnectorDesk) private readonly desk: ConnectorDesk,
    @Inject(BatchAsking) private readonly batches: BatchAsking,
    @Inject(GrantedActions) private readonly granted: GrantedActions,
  ) {}

  @Get()
  @Endpoint({
    access: 'actions:read',
    summary: 'List what can be done at the provider',
    description:
      'Each with its form, and with what a person does instead in the console of the provider (`byHand`), which works in any case. `isOffered`: the settings of the integration let it be done from here. `effect`: `destructive` needs a second person. `notGranted`: permissions that were seen to be missing, at a test of the connection, after a sync, or by a plan; its plan decides.',
    answer: OFFERED_ANSWER,
    problems: ['not-found', 'connector-unavailable'],
  })
  async list(@Asking() caller: Caller, @Param('id') id: string): Promise<OfferedActions> {
    const integration = await this.integrations.require(caller, id);
    const offered = new Set(this.asking.offered(integration).map(({ name }) => name));
    const { actions } = this.desk.connectorOf(integration);
    const grants = offered.size === 0 ? null : await this.granted.read(integration);
    return {
      items: actions.map((action) => offeredAction(action, offered.has(action.name), grants)),
      grants: grantsView(grants),
    };
  }

  @Post('plan')
  @HttpCode(200)
  @Endpoint({
    access: 'actions:request',
    summary: 'Look at what an action would do',
    description:
      'Looks at the provider and writes nothing: the requests that would be sent, what they touch, what else comes of them, and what takes it back. Agree to it by its `fingerprint`. Also for what cannot be done from here: `canRun` says why not.',
    body: PLAN_BODY,
    answer: PLAN_ANSWER,
    problems: [
      'not-found',
      'action-not-offered',
      'action-refused',
      'connector-unavailable',
      'secrets-locked',
      'connector-auth',
      'connector-permission',
      'connector-rate-limit',
      'connector-transient',
      'connector-upstream',
    ],
  })
  async plan(
    @Asking() caller: Caller,
    @Param('id') id: string,
    @Body(new InputPipe(ActionPlanBody)) body: ActionPlanBody,
  ): Promise<ActionPlanView> {
    return this.asking.plan(await this.integrations.require(caller, id), readWanted(body));
  }

  @Post('plan-batch')
  @HttpCode(200)
  @Expensive('batches')
  @Endpoint({
    access: 'actions:request',
    summary: 'Look at what an action would do to many',
    description:
      'To 100 objects at most, several at a time, within 50 seconds, and no longer than somebody waits for it. For each its plan, or why there is none: objects that are refused do not stop the others.',
    body: BATCH_PLAN_BODY,
    answer: BATCH_PLAN_ANSWER,
    problems: [
      'not-found',
      'action-not-offered',
      'connector-unavailable',
      'secrets-locked',
      'connector-auth',
      'connector-permission',
      'connector-internal',
    ],
  })
  async planBatch(
    @Asking() caller: Caller,
    @Param('id') id: string,
    @Body(new InputPipe(BatchPlanBody)) { action, inputs }: BatchPlanBody,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ActionBatchPlanView> {
    const integration = await this.integrations.require(caller, id);
    return this.batches.plan(integration, action, readInputs(inputs), goneSignal(response));
  }
}
