import type { DryRunView } from '@castellan/api';
import { type FoldedBook, folded, type RuleFacts, readRulesBesides } from '@castellan/detection';
import { activityBegin, type Queries } from '@castellan/storage';
import { rulesOf } from '../answers/rule-views.js';
import type { Lists } from '../set-by-workspace.js';
import { type FoundIn, matchViews } from './dry-run-matches.js';
import { LogWalk } from './log-walk.js';

export interface DryRunQuestion {
  readonly workspaceId: string;
  /** YAML: rules and filters. They know of no others. */
  readonly content: string;
  /** Of the file that it is to be, as problems name it; `undefined`, or blank: it has none yet. */
  readonly name?: string | undefined;
  readonly days: number;
  /** Whose logs. `product`: as log sources of rules name it. */
  readonly integrations: readonly { readonly id: string; readonly name: string; readonly product: string }[];
  readonly lists: Lists;
}

/** How much is looked at. */
export interface DryRunLimits {
  /** The latest so many events, of all logs together. */
  readonly events: number;
  readonly ms: number;
  /** Events of a log that are in memory at most. */
  readonly kept: number;
}

const LIMITS: DryRunLimits = { events: 200_000, ms: 20_000, kept: 10_000 };
const DAY_MS = 86_400_000;
/** As problems name what has no name. */
const UNNAMED = 'content';

/** What rules would have found in the log that is stored; nothing is written. Others are served meanwhile. */
export async function dryRun(queries: Queries, question: DryRunQuestion, limits: DryRunLimits = LIMITS): Promise<DryRunView> {
  const deadline = performance.now() + limits.ms;
  const until = new Date();
  const name = question.name?.trim() ?? '';
  const file = { name: name === '' ? UNNAMED : name, text: question.content };
  const book = await readRulesBesides([file], question.lists.placeholders);
  const products = question.integrations.map(({ product }) => product);
  const { elsewhere } = await readRulesBesides([file], question.lists.placeholders, products);
  const since = new Date(until.getTime() - question.days * DAY_MS);
  const ids = question.integrations.map(({ id }) => id);
  const cut = await activityBegin(queries, ids, { since, until, most: limits.events });
  const from = cut === undefined ? since : new Date(cut.getTime() + 1);
  const logs: Walked[] = [];
  for (const integration of question.integrations) {
    const rules = folded(await readRulesBesides([file], question.lists.placeholders, integration.product));
    const log = { workspaceId: question.workspaceId, integrationId: integration.id, from, until, kept: limits.kept };
    logs.push({ integration, rules, walk: await LogWalk.begin(queries, log, rules, question.lists) });
  }
  const isWhole = await walked(logs, deadline);
  const found = logs.flatMap((log) => foundIn(log));
  return {
    problems: book.problems,
    events: logs.reduce((sum, { walk }) => sum + walk.events, 0),
    from: from.toISOString(),
    isCut: cut !== undefined || !isWhole,
    elsewhere,
    rules: rulesOf(book)
      .filter(({ id }) => !book.silent.has(id))
      .map((rule) => ({ id: rule.id, title: rule.title, ...hitsOf(rule, found) })),
    matches: await matchViews(queries, found),
  };
}

interface Walked {
  readonly integration: DryRunQuestion['integrations'][number];
  readonly rules: FoldedBook;
  readonly walk: LogWalk;
}

/** All logs side by side, in the order of time: where time is over, all have been read up to the same moment. @returns whether to their ends */
async function walked(logs: readonly Walked[], deadline: number): Promise<boolean> {
  for (;;) {
    const left = logs.filter(({ walk }) => !walk.isOver);
    const [first, ...others] = left;
    if (first === undefined) return true;
    if (performance.now() > deadline) return false;
    let behind = first;
    for (const other of others) if (other.walk.reached < behind.walk.reached) behind = other;
    await behind.walk.page();
  }
}

function foundIn({ integration, rules, walk }: Walked): readonly FoundIn[] {
  return [...walk.episodes.all].map((episode) => ({ integration, episode, told: rules.ruleOf(episode.rule) }));
}

function hitsOf({ id }: RuleFacts, found: readonly FoundIn[]): Pick<DryRunView['rules'][number], 'hits' | 'byDay'> {
  const days = new Map<string, number>();
  let hits = 0;
  for (const { told, episode } of found) {
    if (told.id !== id) continue;
    const day = new Date(episode.firstAt).toISOString().slice(0, 10);
    days.set(day, (days.get(day) ?? 0) + 1);
    hits += 1;
  }
  const byDay = [...days].toSorted(([one], [other]) => (one < other ? -1 : 1));
  return { hits, byDay: byDay.map(([day, of]) => ({ day, hits: of })) };
}
