import { type ConfigClass, type FieldIssue, validateConfig } from '@castellan/form-schema';
import type { ActionInfo, AnyAction } from './action.js';
import type { ActionGrants } from './action-grants.js';
import type { SyncPlan } from './plan.js';
import { readDelta, readRefresh } from './read-refresh.js';
import type { Capability, ConnectionReport, Connector, ConnectorContext, KeyAlgorithm, KeyPair } from './connector.js';
import { ConnectorError, InternalError } from './errors.js';
import { planAction, runAction } from './run-action.js';
import { runStreams } from './run-streams.js';
import { SDK_VERSION } from './sdk-version.js';
import type { AnyStream, StreamInfo } from './stream.js';
import { unforeseenRow } from './unforeseen-row.js';

/** What an author writes. */
export interface ConnectorSpec<C extends object, Client> {
  readonly id: string;
  readonly displayName: string;
  readonly config: ConfigClass<C>;
  /** Rules over two fields at once; rules for one field are decorators on the class. */
  readonly refine?: (config: Readonly<C>) => readonly FieldIssue[];
  /**
   * A NEW client for each call: two integrations run in one process, and nothing may be shared between them. For an action the context
   * has its name (`PlanContext`), for a sync its streams: so a credential need not be able to do more than the call does.
   */
  readonly connect: (context: ConnectorContext<C>) => Client | Promise<Client>;
  readonly probe: (client: Client, context: ConnectorContext<C>) => Promise<ConnectionReport>;
  readonly streams: readonly AnyStream<Client>[];
  readonly actions?: readonly AnyAction<Client>[];
  /** Where the provider says it: see {@link Connector.actionGrants}. */
  readonly actionGrants?: (context: ConnectorContext<C>) => Promise<ActionGrants | null>;
  /** What the run costs, as far as known now; asked after each page. A new object when something has changed. */
  readonly plan?: (client: Client) => SyncPlan | undefined;
  /** Where the provider takes a key pair as a credential: see {@link Connector.makeKeyPair}. */
  readonly makeKeyPair?: (algorithm: KeyAlgorithm) => Promise<KeyPair>;
  /**
   * Whether these settings ask for the stream. Default: all are wanted. A host also asks with the settings as it keeps them
   * (secrets taken out, defaults not filled in), so it must look at plain fields only and take an absent one for its default.
   * A wanted stream must not depend on an unwanted one.
   */
  readonly wants?: (stream: StreamInfo, config: Readonly<C>) => boolean;
  /**
   * Whether these settings let the action be done; asked like `wants`. Default: all may be. What it would do is looked at in any case, with
   * the rights that these settings have.
   */
  readonly offers?: (action: ActionInfo, config: Readonly<C>) => boolean;
}

/**
 * Adds around the author's generators what no author should write again: the order of streams, streams side by side,
 * a position that must move, completion that must be said, abort between pages, and errors turned into `stopped`.
 * @throws InternalError when the spec is wrong (duplicate or unknown names, a circle of dependencies).
 */
export function defineConnector<C extends object, Client>(spec: ConnectorSpec<C, Client>): Connector<C> {
  const streams = inDependencyOrder(spec.streams);
  const infos = streams.map(describe);
  const actions = consistent(spec.actions ?? []);
  const actionInfos = actions.map(describeAction);
  const streamsOf = (config: Readonly<C>): readonly StreamInfo[] =>
    infos.filter((stream) => spec.wants?.(stream, config) ?? true);
  const isOffered = (action: ActionInfo, config: Readonly<C>): boolean => spec.offers?.(action, config) ?? true;
  const offeredIn = ({ config }: ConnectorContext<C>) => actions.filter((action) => isOffered(describeAction(action), config));
  return {
    id: spec.id,
    displayName: spec.displayName,
    sdkVersion: SDK_VERSION,
    config: spec.config,
    streams: infos,
    streamsOf,
    actions: actionInfos,
    actionsOf: (config) => actionInfos.filter((action) => isOffered(action, config)),
    capabilities: capabilitiesOf(streams, actions),
    async validateConfig(input, environment) {
      const result = await validateConfig(spec.config, input, environment);
      if (!result.ok) return result;
      const issues = spec.refine?.(result.config) ?? [];
      return issues.length === 0 ? result : { ok: false, issues };
    },
    async testConnection(context) {
      try {
        return await spec.probe(await spec.connect(context), context);
      } catch (error) {
        const known = ConnectorError.from(error);
        if (known.kind === 'aborted') throw known;
        context.logger.warn('connection test failed', { kind: known.kind, message: known.message, detail: known.detail });
        return { tenant: null, checks: [unforeseenRow(known, spec.config, context.config, streamsOf(context.config))] };
      }
    },
    sync: (context) => runStreams(streams, () => spec.connect(context), context, spec.plan),
    refresh: (context) => readRefresh(streams, () => spec.connect(context), context),
    delta: (context) => readDelta(streams, () => spec.connect(context), context),
    planAction: (context) => planAction(actions, () => spec.connect(context), context),
    act: (context) => runAction(offeredIn(context), () => spec.connect(context), context),
    ...(spec.actionGrants !== undefined && { actionGrants: spec.actionGrants }),
    ...(spec.makeKeyPair !== undefined && { makeKeyPair: spec.makeKeyPair }),
  };
}

function describe(stream: StreamInfo): StreamInfo {
  const { name, kind, dependsOn, requires, semantics, refreshable, hasDelta, listedEveryDays, pack } = stream;
  const rare = listedEveryDays !== undefined && { listedEveryDays };
  return { name, kind, dependsOn, requires, semantics, refreshable, hasDelta, ...rare, ...(pack !== undefined && { pack }) };
}

function describeAction(action: ActionInfo): ActionInfo {
  const { name, title, summary, subject, effect, purpose, undo, requires, byHand, input } = action;
  return { name, title, summary, subject, effect, purpose, undo, requires, byHand, input };
}

function consistent<A extends ActionInfo>(actions: readonly A[]): readonly A[] {
  const names = new Set<string>();
  for (const { name } of actions) {
    if (names.has(name)) throw new InternalError({ message: `Two actions are named ${name}.` });
    names.add(name);
  }
  const lost = actions.find(({ undo }) => undo !== null && !names.has(undo));
  if (lost !== undefined)
    throw new InternalError({ message: `Action ${lost.name} is taken back by ${lost.undo}, which does not exist.` });
  return actions;
}

function capabilitiesOf(streams: readonly StreamInfo[], actions: readonly ActionInfo[]): readonly Capability[] {
  const capabilities: Capability[] = ['sync'];
  if (streams.some((stream) => stream.semantics === 'changes')) capabilities.push('incremental');
  if (streams.some((stream) => stream.refreshable)) capabilities.push('refresh');
  if (streams.some((stream) => stream.hasDelta)) capabilities.push('delta');
  if (actions.length > 0) capabilities.push('actions');
  return capabilities;
}

function inDependencyOrder<S extends StreamInfo>(streams: readonly S[]): readonly S[] {
  const byName = new Map<string, S>();
  for (const stream of streams) {
    if (byName.has(stream.name)) throw new InternalError({ message: `Two streams are named ${stream.name}.` });
    byName.set(stream.name, stream);
  }
  const placed = new Set<string>();
  const path: string[] = [];
  const order: S[] = [];
  const place = (stream: S): void => {
    if (placed.has(stream.name)) return;
    if (path.includes(stream.name)) {
      throw new InternalError({ message: `Streams depend on each other in a circle: ${[...path, stream.name].join(' -> ')}.` });
    }
    path.push(stream.name);
    for (const name of stream.dependsOn) {
      const dependency = byName.get(name);
      if (dependency === undefined) {
        throw new InternalError({ message: `Stream ${stream.name} depends on ${name}, which does not exist.` });
      }
      place(dependency);
    }
    path.pop();
    placed.add(stream.name);
    order.push(stream);
  };
  for (const stream of streams) place(stream);
  return order;
}
