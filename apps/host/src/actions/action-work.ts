import { type AnyConnectorError, ConnectorError, ERROR_POLICY, type Logger } from '@castellan/connector-sdk';
import type { ActionProblem, ActionRequest, Storage } from '@castellan/storage';
import { Inject, Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/audit-trail.js';
import { ConnectorDesk } from '../connectors/connector-desk.js';
import { STORAGE } from '../storage/storage-token.js';
import { keepLease } from './action-lease.js';
import { ByHandLook } from './by-hand-look.js';
import { BatchStops } from './batches/batch-stops.js';
import { ProviderActions, type Wanted } from './provider-actions.js';

export const ACTION_LOG = Symbol('ActionLog');

const MOST_TRIES = 5;
const FIRST_WAIT_MS = 5_000;
/** What leaves its only trace in the provider's log is looked for there so often, and for so long. */
const SOUGHT_EVERY_MS = 15_000;
const SOUGHT_FOR_MS = 10 * 60_000;

/** Lists of a provider may show for so long what was before. */
const LAGS_MS = 20_000;
const LAG_LOOK_MS = 4_000;
/** So often nothing is begun that ends by itself: each of them has ended its host. */
const MOST_BEGUN = 2 * MOST_TRIES;

const STOPPED: ActionProblem = {
  kind: 'stopped',
  message: 'The batch was stopped. This had begun, and looked at again it is not so: it was not tried again.',
};

const BEGUN_IN_VAIN: ActionProblem = {
  kind: 'internal',
  message: `It was begun ${MOST_BEGUN} times, and each time the host ended before it was over. Whether it was done the provider says. The log of the host may say why it ends.`,
};

/**
 * Does what was agreed to, and looks at it afterwards. Whoever is killed in between leaves a lease that runs out; the next one looks
 * first whether it was done.
 */
@Injectable()
export class ActionWork {
  constructor(
    @Inject(STORAGE) private readonly storage: Storage,
    @Inject(ConnectorDesk) private readonly desk: ConnectorDesk,
    @Inject(ProviderActions) private readonly provider: ProviderActions,
    @Inject(AuditTrail) private readonly trail: AuditTrail,
    @Inject(ByHandLook) private readonly byHand: ByHandLook,
    @Inject(BatchStops) private readonly batches: BatchStops,
    @Inject(ACTION_LOG) private readonly log: Logger,
  ) {}

  /** @returns `false`: somebody else has it, or something else is done in its integration, or it is over */
  async execute(id: string, shutdown: AbortSignal): Promise<boolean> {
    const request = await this.storage.actions.take(id);
    if (request === undefined) return false;
    const lease = keepLease(() => this.storage.actions.keep(request), this.log, { request: request.id });
    try {
      await this.#carryOut(request, lease.lost);
    } catch (cause) {
      if (request.byHand) await this.byHand.troubled(request, cause, shutdown);
      else await this.#troubled(request, cause, shutdown);
    } finally {
      lease.end();
    }
    return true;
  }

  async #carryOut(request: ActionRequest, lost: AbortSignal): Promise<void> {
    const wanted = await this.#wanted(request, lost);
    // Deleted since: with it goes the request.
    if (wanted === undefined) return;
    if (request.byHand) return this.byHand.look(request, wanted);
    if (request.state !== 'done' && request.tries > MOST_BEGUN) return this.#over(request, BEGUN_IN_VAIN);
    const done = request.state === 'done' ? request : await this.#done(request, wanted);
    if (done === undefined) return;
    // What was done is not undone by a look that fails: it is neither tried again nor called failed.
    try {
      await this.#see(done, wanted);
    } catch (cause) {
      await this.#unseen(done, ConnectorError.from(cause).view());
    }
  }

  async #wanted({ workspaceId, integrationId, action, input }: ActionRequest, lost: AbortSignal): Promise<Wanted | undefined> {
    const integration = await this.storage.integrations.find(integrationId);
    if (integration === undefined || integration.workspaceId !== workspaceId) return undefined;
    const opened = await this.storage.integrationStore.open(integrationId);
    if (opened === undefined) return undefined;
    return { connector: this.desk.connectorOf(integration), config: opened.config, action, input, lost };
  }

  /** @returns `undefined`: nothing is to be seen, or somebody else goes on with it */
  async #done(request: ActionRequest, wanted: Wanted): Promise<ActionRequest | undefined> {
    const { actions } = this.storage;
    // Somebody before us may have done it, and not have come to write it down.
    const before = request.tries > 1 ? await this.provider.plan(wanted, request.startedAt ?? undefined) : undefined;
    if (before?.state === 'done') return actions.done(request, { changed: true, message: before.outcome, stale: before.stale });
    if (request.tries > 1 && (await this.batches.isStopped(request))) {
      await this.#over(request, STOPPED);
      return undefined;
    }
    const outcome = await this.provider.act(wanted, request.plan.fingerprint, request.id);
    if (outcome.outdated === undefined) return actions.done(request, outcome);
    const message = 'It is not as it was when this was agreed to. Nothing was done: look at what would be done now.';
    await this.#over(request, { kind: 'outdated', message, outdated: outcome.outdated });
    return undefined;
  }

  async #see(request: ActionRequest, wanted: Wanted): Promise<void> {
    const { actions } = this.storage;
    const { state, undo } = await this.provider.plan(wanted, request.startedAt ?? undefined);
    if (state === 'done') {
      await this.#settled(request, 'verified', request.message, () => actions.verified(request, undo));
      return;
    }
    if (state === 'open') {
      if (Date.now() - (request.startedAt?.getTime() ?? 0) < LAGS_MS)
        return void (await actions.later(request, null, LAG_LOOK_MS));
      const message = 'It was done, and looked at again it is not so. Look at the provider.';
      return this.#over(request, { kind: 'upstream', message });
    }
    await this.#unseen(request, null);
  }

  /** It is looked at again for a while; then it stays done, and unseen. */
  async #unseen(request: ActionRequest, problem: ActionProblem | null): Promise<void> {
    const { actions } = this.storage;
    const isSought = Date.now() - (request.startedAt?.getTime() ?? 0) < SOUGHT_FOR_MS;
    if (isSought) await actions.later(request, problem, SOUGHT_EVERY_MS);
    else {
      const message = `Done, and not seen within ${SOUGHT_FOR_MS / 60_000} minutes: ${request.message ?? 'look at the provider.'}`;
      await this.#settled(request, 'done', message, () => actions.unseen({ ...request, message }));
    }
  }

  async #troubled(request: ActionRequest, cause: unknown, shutdown: AbortSignal): Promise<void> {
    const { actions } = this.storage;
    const error: AnyConnectorError = ConnectorError.from(cause);
    // The next start finds that it is due still.
    if (shutdown.aborted || error.kind === 'aborted') return void (await actions.later(request, null, 0));
    // It was not the provider: e.g. the database did not take down what was done, so that the next try has to look whether it was.
    const isOwn = !ConnectorError.is(cause);
    if (isOwn) this.log.warn('an action was broken off', { request: request.id, error: error.detail ?? error.message });
    const problem: ActionProblem = error.view();
    if (request.state === 'done') return this.#unseen(request, problem);
    const retry = isOwn ? 'backoff' : ERROR_POLICY[error.kind].retry;
    if (retry === 'never' || request.tries >= MOST_TRIES) return this.#over(request, problem);
    const waitMs =
      error.kind === 'rate_limit'
        ? Math.max(0, error.retryAt.getTime() - Date.now())
        : FIRST_WAIT_MS * 2 ** (request.tries - 1);
    await actions.later(request, problem, waitMs);
  }

  async #over(request: ActionRequest, problem: ActionProblem): Promise<void> {
    const isOurs = await this.#settled(request, 'failed', problem.message, () => this.storage.actions.failed(request, problem));
    if (isOurs) await this.batches.failed(request, problem);
  }

  /** With its line in the audit log, or not at all. @returns `false`: somebody else has it */
  #settled(request: ActionRequest, state: string, message: string | null, settle: () => Promise<boolean>): Promise<boolean> {
    return this.storage.transaction(async () => {
      if (!(await settle())) return false;
      await this.trail.byHost(request.workspaceId, `action.${state}`, {
        target: { kind: 'action', id: request.id, name: `${request.title}: ${request.subject.name}` },
        after: { action: request.action, state, message },
      });
      return true;
    });
  }
}
