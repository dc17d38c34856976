import type { PlaybookFinding } from '@castellan/api';
import type { RuleBook } from '@castellan/detection';
import { type OurPlaybook, ourPlaybooks, type Playbook } from '@castellan/playbooks';
import { ALL_CHECKS } from '@castellan/posture';
import type { Storage } from '@castellan/storage';
import { Inject, Injectable } from '@nestjs/common';
import { RuleBooks } from '../detection/rule-books.js';
import { notFound } from '../problems/problem.js';
import { STORAGE } from '../storage/storage-token.js';

/** The playbooks that come with the product, and what their triggers mean in a workspace. */
@Injectable()
export class PlaybookBook {
  #read: Promise<readonly OurPlaybook[]> | undefined;

  constructor(
    @Inject(STORAGE) private readonly storage: Storage,
    @Inject(RuleBooks) private readonly books: RuleBooks,
  ) {}

  /** Read once, when somebody asks. */
  all(): Promise<readonly OurPlaybook[]> {
    this.#read ??= ourPlaybooks();
    return this.#read;
  }

  async find(id: string): Promise<OurPlaybook | undefined> {
    return (await this.all()).find(({ playbook }) => playbook.id === id);
  }

  /** @throws Problem (404) */
  async require(id: string): Promise<OurPlaybook> {
    const found = await this.find(id);
    if (found === undefined) throw notFound('id', 'playbook with this id');
    return found;
  }

  /** Rules and checks that begin it, in its order. A rule goes by a name in the file, and by an id in findings. */
  async findingsOf(workspaceId: string, { trigger }: Playbook): Promise<readonly PlaybookFinding[]> {
    const { book } = await this.books.written(this.storage.queries, workspaceId);
    const known = knownBy(book);
    return trigger.findings.flatMap((name) => known.get(name) ?? []);
  }
}

function knownBy({ detections, linked }: RuleBook): ReadonlyMap<string, PlaybookFinding> {
  const rules = [...detections, ...linked.correlations.map(({ rule }) => rule)];
  return new Map([
    ...rules.map(({ id, name, title }): [string, PlaybookFinding] => [name ?? id, { source: 'detection', id, title }]),
    ...ALL_CHECKS.map(({ id, title }): [string, PlaybookFinding] => [id, { source: 'posture', id, title }]),
  ]);
}
