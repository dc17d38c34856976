import type { ActionBatchPlanView, ActionBatchView, ActionRequestView, Page, ProblemBody } from '@castellan/api';
import type { AuditLogPage } from '../../src/audit/audit-log.controller.js';
import { type Api, until } from '../host-harness.js';
import type { Simulator } from '../simulator.js';

export type BatchAnswer = ActionBatchView & ProblemBody;

/** What a test does with batches of one integration. */
export class Batches {
  constructor(
    readonly integration: string,
    readonly simulator: Simulator,
  ) {}

  plan(api: Api, action: string, inputs: readonly object[]) {
    return api.post<ActionBatchPlanView & ProblemBody>(`/integrations/${this.integration}/actions/plan-batch`, {
      action,
      inputs,
    });
  }

  /** Looks at each, and agrees to what was seen of it. */
  async ask(api: Api, action: string, inputs: readonly object[], more: object = {}) {
    return this.send(api, action, await this.agreed(api, action, inputs), more);
  }

  send(api: Api, action: string, items: readonly object[], more: object = {}) {
    return api.post<BatchAnswer>('/action-batches', { integrationId: this.integration, action, items, ...more });
  }

  async agreed(api: Api, action: string, inputs: readonly object[]): Promise<readonly object[]> {
    const planned = (await this.plan(api, action, inputs)).body.items;
    return planned.map(({ input, planned: one }) => ({ input, fingerprint: one?.plan.fingerprint ?? 'none' }));
  }

  async ended(api: Api, id: string, ms = 60_000): Promise<ActionBatchView> {
    let view: ActionBatchView | undefined;
    await until(async () => {
      view = (await api.get<ActionBatchView>(`/action-batches/${id}`)).body;
      return view.endedAt !== null;
    }, ms);
    if (view === undefined) throw new Error('it was never seen');
    return view;
  }

  async objects(api: Api, id: string): Promise<readonly ActionRequestView[]> {
    return (await api.get<Page<ActionRequestView>>(`/actions?batch=${id}&limit=200`)).body.items;
  }

  accounts(count: number): readonly { readonly account: string }[] {
    return Array.from({ length: count }, () => ({ account: this.simulator.org.addUser().id }));
  }

  /** How often the provider says that it was done to an account. */
  events(type: string, account: string): number {
    const { log } = this.simulator.org;
    return Array.from({ length: log.length }, (_, n) => JSON.stringify(log.eventAt(n))).filter(
      (event) => event.includes(`"${type}"`) && event.includes(account),
    ).length;
  }

  statusOf(account: string): unknown {
    return this.simulator.org.directory.users.get(account)?.['status'];
  }
}

/** Newest first: `action outcome who`. */
export async function auditedOf(api: Api, target: string): Promise<readonly string[]> {
  const { items } = (await api.get<AuditLogPage>(`/audit-log?target=${target}`)).body;
  return items.map(({ action, actor, outcome }) => `${action} ${outcome} ${actor.name}`);
}
