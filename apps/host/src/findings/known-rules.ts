import type { PostureArea } from '@castellan/api';
import { ALL_CHECKS } from '@castellan/posture';
import type { Storage } from '@castellan/storage';
import { Inject, Injectable } from '@nestjs/common';
import { RuleBooks } from '../detection/rule-books.js';
import { invalidRequest } from '../problems/problem.js';
import { STORAGE } from '../storage/storage-token.js';

interface Titled {
  readonly id: string;
  readonly title: string;
}

export interface AskedRules {
  /** Ids, as they were asked for; empty: any. */
  readonly rules: readonly string[];
  readonly area?: PostureArea | undefined;
  /** Words of a title or an id. */
  readonly q?: string | undefined;
}

/** Checks of ours and rules of a workspace, by what a question over findings says of them. */
@Injectable()
export class KnownRules {
  readonly #storage: Storage;
  readonly #books: RuleBooks;

  constructor(@Inject(STORAGE) storage: Storage, @Inject(RuleBooks) books: RuleBooks) {
    this.#storage = storage;
    this.#books = books;
  }

  /**
   * @param field that the ids stand in
   * @returns ids of all that are meant; `undefined`: whatever the rule
   * @throws Problem (400) for an id that is none
   */
  async asked(workspaceId: string, { rules, area, q }: AskedRules, field: string): Promise<readonly string[] | undefined> {
    if (rules.length === 0 && area === undefined && q === undefined) return undefined;
    const known: readonly Titled[] = area === undefined ? await this.#all(workspaceId) : checksOf(area);
    const meant = known.filter((rule) => q === undefined || isMeant(rule, q)).map(({ id }) => id);
    if (rules.length === 0) return meant;
    await this.#require(workspaceId, rules, field);
    // One that is gone has no title and no area any more, but it has its findings.
    return area === undefined && q === undefined ? rules : rules.filter((rule) => meant.includes(rule));
  }

  async #all(workspaceId: string): Promise<readonly Titled[]> {
    const { book } = await this.#books.written(this.#storage.queries, workspaceId);
    return [...ALL_CHECKS, ...book.detections, ...book.linked.correlations.map(({ rule }) => rule)];
  }

  async #require(workspaceId: string, rules: readonly string[], field: string): Promise<void> {
    const known = new Set((await this.#all(workspaceId)).map(({ id }) => id));
    for (const rule of rules) {
      if (known.has(rule)) continue;
      const { findings } = await this.#storage.findings.page(workspaceId, { rules: [rule], limit: 1 });
      if (findings.length > 0) continue;
      const message = `There is no check or rule "${rule}": see GET /api/posture/checks and GET /api/detection/rules.`;
      throw invalidRequest([{ field, message }]);
    }
  }
}

const checksOf = (area: PostureArea): readonly Titled[] => ALL_CHECKS.filter((check) => check.area === area);

/** All words, wherever they stand. */
function isMeant({ id, title }: Titled, q: string): boolean {
  const text = `${title} ${id}`.toLowerCase();
  return q
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
