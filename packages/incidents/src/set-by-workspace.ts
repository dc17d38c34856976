import {
  type Level,
  type Networks,
  networksOf,
  type Placeholders,
  type RuleFile,
  type RuleSetting,
} from '@castellan/detection';
import { detectionLists, type Queries, ruleFiles, ruleSettings, type StoredList } from '@castellan/storage';

/** What a workspace has told of addresses and accounts. */
export interface Lists {
  readonly ownNetworks: Networks;
  readonly threats: Networks;
  /** Logins in small letters. */
  readonly breakGlass: ReadonlySet<string>;
  readonly placeholders: Placeholders;
}

export interface SetByWorkspace {
  /** By the name of a file, its id; also of those that are switched off. */
  readonly fileIds: ReadonlyMap<string, string>;
  readonly files: readonly RuleFile[];
  /** Those that are switched off. */
  readonly offFiles: readonly RuleFile[];
  readonly settings: ReadonlyMap<string, RuleSetting>;
  /** Ids of rules that are not to be told. */
  readonly disabled: ReadonlySet<string>;
  /** Ids of rules that take too long. */
  readonly tooSlow: ReadonlySet<string>;
  readonly lists: Lists;
}

/** Another one whenever something is changed. What is there may be many megabytes, and is asked for with each batch of events. */
export async function versionOf(queries: Queries, workspaceId: string): Promise<string> {
  const [row] = await queries.query<{ readonly version: string | null }>(
    `SELECT md5(string_agg(line, ' ' ORDER BY line)) AS version FROM (
       SELECT concat('file ', id, ' ', xmin) AS line FROM detection_rule_files WHERE workspace_id = $1
       UNION ALL SELECT concat('rule ', xmin, ' ', rule) FROM detection_rule_settings WHERE workspace_id = $1
       UNION ALL SELECT concat('list ', xmin, ' ', kind, ' ', name) FROM detection_lists WHERE workspace_id = $1
     ) AS lines`,
    [workspaceId],
  );
  return row?.version ?? 'nothing';
}

export async function setByWorkspace(queries: Queries, workspaceId: string): Promise<SetByWorkspace> {
  const files = await ruleFiles(queries, workspaceId);
  const settings = await ruleSettings(queries, workspaceId);
  const textsOf = (wanted: boolean): readonly RuleFile[] =>
    files.flatMap(({ name, content: text, enabled }) => (enabled === wanted ? [{ name, text }] : []));
  return {
    fileIds: new Map(files.map(({ id, name }) => [name, id])),
    files: textsOf(true),
    offFiles: textsOf(false),
    settings: new Map(
      [...settings].map(([rule, { level, bounds, timespan }]) => [
        rule,
        {
          // Only levels are let in.
          ...(level !== null && { level: level as Level }),
          ...(bounds !== null && { bounds }),
          ...(timespan !== null && { timespan }),
        },
      ]),
    ),
    disabled: new Set([...settings.values()].flatMap(({ rule, enabled }) => (enabled ? [] : [rule]))),
    tooSlow: new Set([...settings.values()].flatMap(({ rule, isTooSlow }) => (isTooSlow ? [rule] : []))),
    lists: listsOf(await detectionLists(queries, workspaceId)),
  };
}

function listsOf(stored: readonly StoredList[]): Lists {
  const ofKind = (kind: StoredList['kind']): readonly StoredList[] => stored.filter((list) => list.kind === kind);
  return {
    placeholders: Object.fromEntries(ofKind('placeholder').map(({ name, entries }) => [name, entries])),
    ownNetworks: networksOf(ofKind('own_network')),
    threats: networksOf(ofKind('threat')),
    breakGlass: new Set(ofKind('break_glass').flatMap(({ entries }) => entries.map((entry) => entry.toLowerCase()))),
  };
}
