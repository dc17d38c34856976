import {
  adjusted,
  type FoldedBook,
  folded,
  notesOf,
  type RuleBook,
  type RuleFile,
  type RuleNote,
  readRulesBesides,
  type Vocabulary,
  vocabularyOf,
  without,
} from '@castellan/detection';
import type { Queries } from '@castellan/storage';
import { KeptByVersion } from './kept-by-version.js';
import { type Lists, setByWorkspace, versionOf } from './set-by-workspace.js';

/** What a workspace looks with: our rules and its own, as it has set them, and what it has told of addresses and accounts. */
export interface WorkspaceRules extends Lists {
  readonly book: RuleBook;
  readonly folded: FoldedBook;
  /** Ids of those that are not to be told. */
  readonly disabled: ReadonlySet<string>;
}

/** The rules of a workspace as they were written, whatever it has set of them, and of all providers. */
export interface WrittenRules {
  readonly book: RuleBook;
  /** With those of files that are switched off, behind the others: what is wrong with them. */
  readonly all: RuleBook;
  /** What is odd about those that were uploaded, and hinders nothing. */
  readonly notes: readonly RuleNote[];
  /** By the name of a file, what stands in it. */
  readonly texts: ReadonlyMap<string, string>;
  /** Of files that were uploaded, their ids by their names. */
  readonly fileIds: ReadonlyMap<string, string>;
  /** Names of files that come with the product. */
  readonly ours: ReadonlySet<string>;
  readonly lists: Lists;
}

/** Of so many workspaces the rules are kept as they were compiled: to do it takes some ten milliseconds. */
const MOST_KEPT = 200;
/** Of those that somebody looks at, with all their text. */
const MOST_WRITTEN = 20;

/** Rules by workspace, compiled again only when something of them was changed. */
export class RulesOfWorkspaces {
  readonly #kept = new KeptByVersion<WorkspaceRules>(MOST_KEPT);
  readonly #written = new KeptByVersion<WrittenRules>(MOST_WRITTEN);
  #vocabulary: Promise<Vocabulary> | undefined;

  /** @param ours those that come with the product */
  constructor(private readonly ours: readonly RuleFile[]) {}

  /** @param product as log sources of rules name it; rules of another one are left out */
  async of(queries: Queries, workspaceId: string, product: string): Promise<WorkspaceRules> {
    const version = await versionOf(queries, workspaceId);
    return this.#kept.get(`${workspaceId} ${product}`, version, async () => {
      const { files, settings, disabled, tooSlow, lists } = await setByWorkspace(queries, workspaceId);
      const written = await readRulesBesides([...this.ours, ...files], lists.placeholders, product);
      const book = without(adjusted(written, settings), tooSlow);
      return { book, folded: folded(book), disabled, ...lists };
    });
  }

  /** What our rules ask for; it is read when somebody has rules of their own. */
  get vocabulary(): Promise<Vocabulary> {
    this.#vocabulary ??= vocabularyOf(this.ours);
    return this.#vocabulary;
  }

  async written(queries: Queries, workspaceId: string): Promise<WrittenRules> {
    const version = await versionOf(queries, workspaceId);
    return this.#written.get(workspaceId, version, async () => {
      const { files, fileIds, offFiles, lists } = await setByWorkspace(queries, workspaceId);
      const inUse = [...this.ours, ...files];
      const book = await readRulesBesides(inUse, lists.placeholders);
      const theirs = [...files, ...offFiles];
      return {
        book,
        all: offFiles.length === 0 ? book : await readRulesBesides([...inUse, ...offFiles], lists.placeholders),
        notes: theirs.length === 0 ? [] : await notesOf(theirs, await this.vocabulary),
        texts: new Map([...inUse, ...offFiles].map(({ name, text }) => [name, text])),
        fileIds,
        ours: new Set(this.ours.map(({ name }) => name)),
        lists,
      };
    });
  }
}
