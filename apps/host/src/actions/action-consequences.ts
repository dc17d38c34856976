import { accountsOf, type GroupTaking, takenAway, takenFromGroup, type Taking } from '@castellan/access';
import type { ActionAccessLoss, ActionAdministratorsLeft, ActionPlanView } from '@castellan/api';
import { type ActionInfo, type ActionTouch, type ComparablePlan, type Connector, edgeParts } from '@castellan/connector-sdk';
import type { Integration, Storage } from '@castellan/storage';
import { Inject, Injectable } from '@nestjs/common';
import { ConnectorDesk } from '../connectors/connector-desk.js';
import { STORAGE } from '../storage/storage-token.js';

const MOST_NAMED = 10;
/** What gives access: all of it has to have been read for a loss to be known as a whole. */
const GIVING = ['membership', 'app_assignment', 'role_assignment'] as const;

type Consequences = Pick<ActionPlanView, 'access' | 'administrators'>;
const UNKNOWN: Consequences = { access: null, administrators: null };

/** What is known of the streams that a loss is computed from. */
interface Known {
  readonly asOf: string;
  readonly complete: boolean;
}

/**
 * What a plan would take away, by what was stored with the last sync: a connector sees its own subject, and not what else hangs on it.
 * Nothing is said where nothing is known.
 */
@Injectable()
export class ActionConsequences {
  constructor(
    @Inject(STORAGE) private readonly storage: Storage,
    @Inject(ConnectorDesk) private readonly desk: ConnectorDesk,
  ) {}

  async of(integration: Integration, { purpose, effect }: ActionInfo, plan: ComparablePlan): Promise<Consequences> {
    if (plan.state !== 'open' || purpose === 'restore') return UNKNOWN;
    const known = await this.#known(integration);
    if (known === undefined) return UNKNOWN;
    const [subject] = plan.touches;
    if (subject?.kind === 'application' && effect === 'destructive') return this.#ofApplication(integration, subject, known);
    const ofGroup = groupTakingOf(integration, plan);
    if (ofGroup !== undefined) return this.#ofGroup(ofGroup, known);
    const taking = takingOf(integration, plan, this.desk.connectorOf(integration));
    if (taking === undefined) return UNKNOWN;
    const taken = await takenAway(this.storage.queries, taking);
    if (taken === undefined) return UNKNOWN;
    const { applications, roles } = taken;
    return {
      access: accessOf(1, applications, known),
      administrators: roles.length === 0 ? null : administratorsOf(roles, known),
    };
  }

  async #ofApplication({ id }: Integration, { key, name }: ActionTouch, known: Known): Promise<Consequences> {
    const accounts = await accountsOf(this.storage.queries, id, key);
    if (accounts === undefined) return UNKNOWN;
    return { access: accessOf(accounts, [{ key, label: name }], known), administrators: null };
  }

  async #ofGroup(taking: GroupTaking, known: Known): Promise<Consequences> {
    const taken = await takenFromGroup(this.storage.queries, taking);
    if (taken === undefined) return UNKNOWN;
    const { to, accounts, left } = taken;
    if (left !== null) return { access: null, administrators: administratorsOf([{ ...to, left }], known) };
    return { access: accessOf(accounts, accounts === 0 ? [] : [to], known), administrators: null };
  }

  async #known({ workspaceId, id }: Integration): Promise<Known | undefined> {
    const streams = await this.storage.streams.list(workspaceId, id);
    const giving = streams.filter(({ kind }) => GIVING.some((one) => one === kind));
    const read = giving.flatMap(({ freshAt }) => freshAt ?? []).toSorted((one, other) => one.getTime() - other.getTime());
    const [oldest] = read;
    if (oldest === undefined) return undefined;
    const complete = giving.every(
      ({ status, freshAt, unlistedCount }) => status === 'complete' && freshAt !== null && unlistedCount === 0,
    );
    return { asOf: oldest.toISOString(), complete };
  }
}

/** Of an application or a role that a group gives. */
function groupTakingOf({ id }: Integration, { touches }: ComparablePlan): GroupTaking | undefined {
  const [subject] = touches;
  const group = touches.find(({ kind }) => kind === 'group');
  if (subject === undefined || group === undefined) return undefined;
  const kind = TAKEN[subject.kind];
  const [key] = edgeParts(subject.key);
  return kind === undefined || key === undefined ? undefined : { integrationId: id, group: group.key, to: { kind, key } };
}

const TAKEN: Readonly<Record<string, 'application' | 'role'>> = { app_assignment: 'application', role_assignment: 'role' };

/** Of an edge: the account that has it. Of an account: all that it has, where the action changes what it reaches. */
function takingOf({ id, config }: Integration, { touches, stale }: ComparablePlan, connector: Connector): Taking | undefined {
  const [subject] = touches;
  const account = touches.find(({ kind }) => kind === 'account');
  if (subject === undefined || account === undefined) return undefined;
  const from = { kind: 'account', key: account.key } as const;
  const relation = GIVING.find((one) => one === subject.kind);
  if (relation !== undefined) return { integrationId: id, from, edge: { relation, key: subject.key } };
  if (subject.kind !== 'account') return undefined;
  const assignments = connector.streamsOf(config).filter(({ kind }) => kind === 'app_assignment');
  const isCutOff = assignments.some(({ name }) => stale.some(({ stream }) => stream === name));
  return isCutOff ? { integrationId: id, from, edge: 'all' } : undefined;
}

function accessOf(
  accounts: number,
  nodes: readonly { readonly key: string; readonly label: string }[],
  known: Known,
): ActionAccessLoss {
  const applications = nodes.slice(0, MOST_NAMED).map(({ key, label }) => ({ key, name: label }));
  return { accounts, lost: nodes.length, applications, ...known };
}

function administratorsOf(
  roles: readonly { readonly key: string; readonly label: string; readonly left: number }[],
  { asOf }: Known,
): ActionAdministratorsLeft {
  return { roles: roles.map(({ key, label, left }) => ({ key, name: label, left })), asOf };
}
