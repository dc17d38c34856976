import { type AnyConnectorError, type ComparablePlan, ConnectorError } from '@castellan/connector-sdk';
import type { ActionProblem, ActionRequest, Storage } from '@castellan/storage';
import { Inject, Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/audit-trail.js';
import { STORAGE } from '../storage/storage-token.js';
import { ProviderActions, type Wanted } from './provider-actions.js';

const FIRST_WAIT_MS = 30_000;
/** A sync that ends has it looked at before that: see `hastenByHand`. */
const LONGEST_WAIT_MS = 30 * 60_000;
/** What leaves its only trace in the provider's log is looked for there for so long after it was said; later it shows no more. */
const SOUGHT_FOR_MS = 10 * 60_000;
/** Somebody does it, and says so a while later. */
const SAID_AFTER_MS = 60 * 60_000;

/** What a person says they have done in the provider's own console: it is looked whether it is so, and nothing is sent. */
@Injectable()
export class ByHandLook {
  constructor(
    @Inject(STORAGE) private readonly storage: Storage,
    @Inject(ProviderActions) private readonly provider: ProviderActions,
    @Inject(AuditTrail) private readonly trail: AuditTrail,
  ) {}

  async look(request: ActionRequest, wanted: Wanted): Promise<void> {
    const plan = await this.provider.plan(wanted, new Date(request.createdAt.getTime() - SAID_AFTER_MS));
    if (plan.state === 'done') return this.#seen(request, plan);
    if (plan.state === 'open') return this.#notYet(request, null);
    const isSought = Date.now() - request.createdAt.getTime() < SOUGHT_FOR_MS;
    return isSought ? this.#again(request, null) : this.#unseen(request, 'the provider does not show whether it is so');
  }

  /** The look itself has failed, which says nothing of what was done. */
  async troubled(request: ActionRequest, cause: unknown, shutdown: AbortSignal): Promise<void> {
    const error: AnyConnectorError = ConnectorError.from(cause);
    if (shutdown.aborted || error.kind === 'aborted') return void (await this.storage.actions.later(request, null, 0));
    if (error.kind === 'permission') return this.#unseen(request, `nobody can see it from here: ${error.message}`);
    // It would be refused: so it is not so yet.
    if (error.kind === 'config') return this.#notYet(request, error.message);
    if (await this.storage.actions.shouldShow(request))
      return this.#unseen(request, `it could not be looked at: ${error.message}`);
    const waitMs = error.kind === 'rate_limit' ? error.retryAt.getTime() - Date.now() : 0;
    await this.#again(request, error.view(), waitMs);
  }

  async #seen(request: ActionRequest, { outcome: message, stale, undo }: ComparablePlan): Promise<void> {
    const { actions } = this.storage;
    const done = await actions.done(request, { changed: true, message, stale });
    if (done !== undefined) await this.#over(request, 'action.by-hand-seen', message, () => actions.verified(done, undo));
  }

  async #notYet(request: ActionRequest, why: string | null): Promise<void> {
    if (!(await this.storage.actions.shouldShow(request))) return this.#again(request, null);
    const message =
      why === null
        ? 'The provider still shows it as it was, also in what was read since then.'
        : sentence(`It does not show at the provider: ${why}`);
    const failed = { kind: 'upstream', message };
    await this.#over(request, 'action.by-hand-missing', message, () => this.storage.actions.failed(request, failed));
  }

  async #unseen(request: ActionRequest, why: string): Promise<void> {
    const message = sentence(`It was said to be done by hand; ${why}`);
    // Whoever has done it can have it taken back, as far as it is known how.
    const told = { ...request, changed: true, message };
    await this.#over(request, 'action.by-hand-unseen', message, () => this.storage.actions.unseen(told));
  }

  async #again(request: ActionRequest, problem: ActionProblem | null, atLeastMs = 0): Promise<void> {
    const waitMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(request.tries - 1, 10));
    await this.storage.actions.later(request, problem, Math.max(waitMs, atLeastMs));
  }

  /** With its line in the audit log, or not at all. @param settle `false`: somebody else has it */
  async #over(request: ActionRequest, audited: string, message: string, settle: () => Promise<boolean>): Promise<void> {
    const { id, workspaceId, title, subject, action } = request;
    await this.storage.transaction(async () => {
      if (!(await settle())) return;
      const target = { kind: 'action', id, name: `${title}: ${subject.name}` };
      await this.trail.byHost(workspaceId, audited, { target, after: { action, message } });
    });
  }
}

/** What others say may end as one already. */
const sentence = (text: string): string => (text.endsWith('.') ? text : `${text}.`);
