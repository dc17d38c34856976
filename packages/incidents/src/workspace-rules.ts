import { createHash } from 'node:crypto';
import {
  adjusted,
  type Bounds,
  type FoldedBook,
  folded,
  type Level,
  type Networks,
  networksOf,
  type RuleBook,
  type RuleFile,
  readRules,
} from '@castellan/detection';
import type { Queries } from '@castellan/storage';

/** What a workspace looks with: our rules and its own, as it has set them, and what it has told of addresses and accounts. */
export interface WorkspaceRules {
  readonly book: RuleBook;
  readonly folded: FoldedBook;
  /** Ids of those that are not to be told. */
  readonly disabled: ReadonlySet<string>;
  readonly ownNetworks: Networks;
  readonly threats: Networks;
  /** Logins in small letters. */
  readonly breakGlass: ReadonlySet<string>;
}

interface SettingRow {
  readonly rule: string;
  readonly enabled: boolean;
  readonly level: Level | null;
  readonly bounds: Bounds | null;
  readonly timespan: string | null;
}

interface ListRow {
  readonly kind: 'own_network' | 'threat' | 'break_glass' | 'placeholder';
  readonly name: string;
  readonly entries: readonly string[];
}

interface SetByWorkspace {
  readonly files: readonly RuleFile[];
  readonly settings: readonly SettingRow[];
  readonly lists: readonly ListRow[];
}

/** Of so many workspaces the rules are kept as they were compiled: to do it takes some ten milliseconds. */
const MOST_KEPT = 200;

/** Rules by workspace, compiled again only when something of them was changed. */
export class RulesOfWorkspaces {
  readonly #kept = new Map<string, { readonly version: string; readonly rules: WorkspaceRules }>();

  /** @param ours those that come with the product */
  constructor(private readonly ours: readonly RuleFile[]) {}

  /** @param product as log sources of rules name it; rules of another one are left out */
  async of(queries: Queries, workspaceId: string, product: string): Promise<WorkspaceRules> {
    const set = await setBy(queries, workspaceId);
    const version = createHash('sha256').update(JSON.stringify(set)).digest('hex');
    const name = `${workspaceId} ${product}`;
    const kept = this.#kept.get(name);
    if (kept?.version === version) return kept.rules;
    const rules = compiled([...this.ours, ...set.files], set, product);
    this.#kept.delete(name);
    this.#kept.set(name, { version, rules });
    for (const oldest of [...this.#kept.keys()].slice(0, Math.max(0, this.#kept.size - MOST_KEPT))) this.#kept.delete(oldest);
    return rules;
  }
}

async function setBy(queries: Queries, workspaceId: string): Promise<SetByWorkspace> {
  const files = await queries.query<RuleFile>(
    `SELECT name, content AS text FROM detection_rule_files WHERE workspace_id = $1 AND enabled ORDER BY name`,
    [workspaceId],
  );
  const settings = await queries.query<SettingRow>(
    `SELECT rule, enabled, level, bounds, timespan FROM detection_rule_settings WHERE workspace_id = $1 ORDER BY rule`,
    [workspaceId],
  );
  const lists = await queries.query<ListRow>(
    `SELECT kind, name, entries FROM detection_lists WHERE workspace_id = $1 ORDER BY kind, name`,
    [workspaceId],
  );
  return { files, settings, lists };
}

function compiled(files: readonly RuleFile[], { settings, lists }: SetByWorkspace, product: string): WorkspaceRules {
  const ofKind = (kind: ListRow['kind']): readonly ListRow[] => lists.filter((list) => list.kind === kind);
  const placeholders = Object.fromEntries(ofKind('placeholder').map(({ name, entries }) => [name, entries]));
  const byRule = new Map(
    settings.map(({ rule, level, bounds, timespan }) => [
      rule,
      {
        ...(level !== null && { level }),
        ...(bounds !== null && { bounds }),
        ...(timespan !== null && { timespan }),
      },
    ]),
  );
  const book = adjusted(readRules(files, placeholders, product), byRule);
  return {
    book,
    folded: folded(book),
    disabled: new Set(settings.flatMap(({ rule, enabled }) => (enabled ? [] : [rule]))),
    ownNetworks: networksOf(ofKind('own_network')),
    threats: networksOf(ofKind('threat')),
    breakGlass: new Set(ofKind('break_glass').flatMap(({ entries }) => entries.map((entry) => entry.toLowerCase()))),
  };
}
