import { CONFIDENCES, type Confidence } from '@castellan/api';
import type { RuleFacts } from '@castellan/detection';
import type { Storage } from '@castellan/storage';
import { Inject, Injectable } from '@nestjs/common';
import { RuleBooks } from '../detection/rule-books.js';
import { STORAGE } from '../storage/storage-token.js';

/** What a finding of a rule has beside those of a check. */
export interface DetectionFacts {
  readonly incident: string;
  readonly confidence: Confidence;
  /** Of its events. */
  readonly firstAt: string;
  readonly lastAt: string;
  /** Keys of its events, at most 1000. */
  readonly events: readonly string[];
  /** `undefined`: it is there no more. */
  readonly rule: RuleFacts | undefined;
}

/** Which rule of which organisation. */
interface OfRule {
  readonly integration: { readonly id: string };
  readonly rule: { readonly id: string };
}

/** Looks up what files say of findings of rules. */
@Injectable()
export class DetectionFactsReader {
  readonly #storage: Storage;
  readonly #books: RuleBooks;

  constructor(@Inject(STORAGE) storage: Storage, @Inject(RuleBooks) books: RuleBooks) {
    this.#storage = storage;
    this.#books = books;
  }

  /** By the id of the finding; those of checks have none. */
  async of(
    workspaceId: string,
    findings: readonly (OfRule & { readonly id: string })[],
  ): Promise<ReadonlyMap<string, DetectionFacts>> {
    const rows = new Map((await this.#storage.incidents.found(findings.map(({ id }) => id))).map((row) => [row.id, row]));
    const own = findings.filter(({ id }) => rows.has(id));
    const ruleOf = await this.rules(
      workspaceId,
      own.map(({ integration }) => integration.id),
    );
    return new Map(
      own.flatMap((finding) => {
        const row = rows.get(finding.id);
        if (row === undefined) return [];
        const facts: DetectionFacts = {
          incident: row.incidentId,
          confidence: CONFIDENCES[row.confidence - 1] ?? 'medium',
          firstAt: row.firstAt.toISOString(),
          lastAt: row.lastAt.toISOString(),
          events: row.events,
          rule: ruleOf(finding),
        };
        return [[finding.id, facts] as const];
      }),
    );
  }

  /** How to look up rules, as organisations are looked at with them now. */
  async rules(workspaceId: string, integrations: readonly string[]): Promise<(of: OfRule) => RuleFacts | undefined> {
    const books = new Map<string, ReadonlyMap<string, RuleFacts>>();
    for (const id of new Set(integrations)) {
      const integration = await this.#storage.integrations.find(id);
      const { book } = await this.#books.of(this.#storage.queries, workspaceId, integration?.connectorId ?? '');
      const all: readonly RuleFacts[] = [...book.detections, ...book.linked.correlations.map(({ rule }) => rule)];
      books.set(id, new Map(all.map((rule) => [rule.id, rule])));
    }
    return ({ integration, rule }) => books.get(integration.id)?.get(rule.id);
  }
}
