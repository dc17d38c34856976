import {
  type AttackPath,
  type AttackPaths,
  type ChokePoint,
  PATH_STEPS,
  type PathNode,
  type PathStep,
  type StepFix,
} from '@castellan/api';
import { namingSql, type Queries, recordTable } from '@castellan/storage';
import { keyOfNode, kindOfNode, type NodeId, nodeId, type NodeKind } from '../paths/attack-graph.js';
import {
  type KeptStep,
  type PathsQuestion,
  readPaths,
  readStarts,
  readSurvey,
  readTierZero,
  type Survey,
} from '../paths/paths.js';
import { type ObjectKind, readScope } from '../paths/rights.js';
import { STEP_FIXES } from '../paths/step-fixes.js';
import { findingsOf } from './path-findings.js';
import { reasonViews } from './reason-messages.js';
import type { AskedIntegration, PostureQuestion } from './standing.js';

const LIMIT = 100;
/** Of tier zero, by name. */
const MEMBERS = 20;

/** Ways to tier zero in an organisation, a page of them, with the steps that cut most. */
export async function attackPaths(
  queries: Queries,
  integration: AskedIntegration,
  { providers }: Pick<PostureQuestion, 'providers'>,
  { from, offset = 0, limit = LIMIT }: Omit<PathsQuestion, 'integrationId'> = {},
): Promise<AttackPaths> {
  const survey = await readSurvey(queries, integration.id);
  const found = await readPaths(queries, { integrationId: integration.id, from, offset, limit: limit + 1 });
  const shown = found.slice(0, limit);
  const chokes = survey?.chokePoints ?? [];
  const steps = [...shown.flatMap((path) => path.steps), ...chokes.map(({ edge }) => edge)];
  const members = await readTierZero(queries, integration.id, MEMBERS);
  const alone = [...members, ...shown.map((path) => path.from)].map((id) => ({ from: id, to: id }));
  const names = await namesOf(queries, integration.id, placesOf([...steps, ...alone]));
  const findings = await findingsOf(
    queries,
    integration.id,
    shown.map((path) => path.from),
  );
  return {
    integration: { id: integration.id, name: integration.name },
    computedAt: survey?.computedAt.toISOString() ?? null,
    total: survey?.starts ?? 0,
    tierZero: survey?.tierZero ?? 0,
    starts: await readStarts(queries, integration.id),
    tierZeroMembers: members.map((id) => nodeView(id, names)),
    uncut: survey?.uncut ?? 0,
    fixes: fixesOf(steps, integration.connectorId),
    chokePoints: chokes.map(({ edge, cuts }): ChokePoint => ({ step: stepView(edge, names), cuts })),
    items: shown.map(
      (path): AttackPath => ({
        from: nodeView(path.from, names),
        steps: path.steps.map((step) => stepView(step, names)),
        otherFirstSteps: path.otherSteps,
        finding: findings.get(path.from) ?? null,
      }),
    ),
    next: found.length > limit ? String(offset + limit) : null,
    reasons: reasonViews(survey?.reasons ?? [], integration, providers),
  };
}

/** What an overview says of them; `null` where nobody has looked in any. */
export async function pathsInShort(
  queries: Queries,
  integrationIds: readonly string[],
): Promise<{ readonly starts: number; readonly chokePoints: number } | null> {
  const surveys: (Survey | undefined)[] = [];
  for (const id of integrationIds) surveys.push(await readSurvey(queries, id));
  const made = surveys.filter((survey) => survey !== undefined);
  if (made.length === 0) return null;
  return {
    starts: made.reduce((sum, { starts }) => sum + starts, 0),
    chokePoints: made.reduce((sum, { chokePoints }) => sum + chokePoints.length, 0),
  };
}

/** Of the kinds of steps that are shown, in the order of {@link PATH_STEPS}. */
function fixesOf(steps: readonly Pick<KeptStep, 'step'>[], connector: string): readonly StepFix[] {
  const shown = new Set(steps.map(({ step }) => step));
  return PATH_STEPS.filter((kind) => shown.has(kind)).map((kind) => {
    const { fix, console: places } = STEP_FIXES[kind];
    return { kind, fix, console: places[connector] ?? [] };
  });
}

type Names = ReadonlyMap<NodeId, PathNode>;
type Ends = Pick<KeptStep, 'from' | 'to'>;

/** Places that have a name: of a set the object that it is narrowed to. */
function placesOf(steps: readonly Ends[]): readonly NodeId[] {
  const places = new Set<NodeId>();
  for (const { from, to } of steps)
    for (const id of [from, to]) places.add(kindOfNode(id) === 'set' ? (narrowedTo(id) ?? id) : id);
  return [...places].filter((id) => kindOfNode(id) !== 'set');
}

const OBJECT_NODES: Readonly<Record<ObjectKind, NodeKind>> = {
  accounts: 'account',
  groups: 'group',
  applications: 'application',
  secrets: 'application',
  identity_providers: 'identity_provider',
};

function narrowedTo(set: NodeId): NodeId | undefined {
  const scope = readScope(keyOfNode(set));
  if (scope === undefined || scope.within.type === 'all') return undefined;
  return nodeId(scope.within.type === 'members_of' ? 'group' : OBJECT_NODES[scope.objects], scope.within.key);
}

const RECORDS = {
  account: 'account',
  group: 'group',
  client: 'application',
  application: 'application',
  identity_provider: 'identity_provider',
} as const;
type NamedKind = keyof typeof RECORDS;

interface NameRow {
  readonly key: string;
  readonly label: string;
  readonly detail: string | null;
  readonly status: string | null;
  readonly present: boolean;
}

async function namesOf(queries: Queries, integrationId: string, places: readonly NodeId[]): Promise<Names> {
  const names = new Map<NodeId, PathNode>();
  for (const [kind, record] of Object.entries(RECORDS)) {
    const keys = places.filter((id) => kindOfNode(id) === kind).map(keyOfNode);
    if (keys.length === 0) continue;
    const { label, detail } = namingSql(record);
    const { table, columns } = recordTable(record);
    const status = columns.some(({ property }) => property === 'status') ? 't.status' : 'NULL::text';
    const rows = await queries.query<NameRow>(
      `SELECT t.key, ${label} AS label, ${detail} AS detail, ${status} AS status, t.removed_at IS NULL AS present
       FROM "${table}" t WHERE t.integration_id = $1 AND t.key = ANY ($2::text[])`,
      [integrationId, keys],
    );
    // The keys of RECORDS, of which `Object.entries` forgets the type.
    for (const row of rows) names.set(nodeId(kind as NamedKind, row.key), { kind: kind as NamedKind, ...row });
  }
  return names;
}

function nodeView(id: NodeId, names: Names): PathNode {
  const kind = kindOfNode(id);
  const key = keyOfNode(id);
  // What is a set is never asked for here.
  return (
    names.get(id) ?? { kind: kind === 'set' ? 'group' : kind, key, label: key, detail: null, status: null, present: false }
  );
}

function stepView({ from, to, step, because }: KeptStep, names: Names): PathStep {
  const kind = PATH_STEPS.find((candidate) => candidate === step) ?? 'member_of';
  const isSet = kindOfNode(to) === 'set';
  return {
    kind,
    from: nodeView(from, names),
    to: isSet ? null : nodeView(to, names),
    over: isSet ? overWords(to, names) : null,
    because,
  };
}

const OBJECT_WORDS: Readonly<Record<ObjectKind, string>> = {
  accounts: 'accounts',
  groups: 'groups',
  applications: 'applications',
  secrets: 'secrets of applications',
  identity_providers: 'identity providers',
};

/** `accounts without a role`, `accounts in Sales`, `Salesforce`. */
function overWords(set: NodeId, names: Names): string {
  const scope = readScope(keyOfNode(set));
  if (scope === undefined) return keyOfNode(set);
  const narrow = narrowedTo(set);
  const name = narrow === undefined ? undefined : (names.get(narrow)?.label ?? keyOfNode(narrow));
  if (scope.within.type === 'one') return name ?? '';
  const guard = scope.guarded ? ' without a role' : '';
  return `${scope.within.type === 'all' ? 'all ' : ''}${OBJECT_WORDS[scope.objects]}${guard}${name === undefined ? '' : ` in ${name}`}`;
}
