import type { DryRunView } from '@castellan/api';
import { dryRun, type DryRunQuestion } from '@castellan/incidents';
import type { Storage } from '@castellan/storage';
import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { Asking, type Caller } from '../callers/caller.js';
import { Endpoint } from '../callers/endpoint.js';
import { InputPipe } from '../input/input-pipe.js';
import { readIntegration } from '../records/rows-lookup.js';
import { STORAGE } from '../storage/storage-token.js';
import { Expensive } from '../throttle/expensive-work.js';
import { DRY_RUN_ANSWER, DRY_RUN_BODY } from './dry-run-examples.js';
import { DryRunBody } from './dry-run-input.js';
import { RuleBooks } from './rule-books.js';

/** Rules that somebody is about to upload, over what has happened already. */
@Controller('detection/dry-run')
export class DryRunController {
  readonly #storage: Storage;
  readonly #books: RuleBooks;

  constructor(@Inject(STORAGE) storage: Storage, @Inject(RuleBooks) books: RuleBooks) {
    this.#storage = storage;
    this.#books = books;
  }

  @Post()
  @HttpCode(200)
  @Expensive('dry runs')
  @Endpoint({
    access: 'detection:manage',
    summary: 'Try rules on the log that is stored, without a trace',
    description:
      'The rules and filters of `content` alone, over the activity of an integration or of all, `days` back: what they would have found. At most the latest 200,000 events, and for 20 s: then `isCut`; where there were too many `from` is later than asked for, and where it took too long the latest are missing. What is new to an account is told from these events alone, so of the first week nothing is; who somebody is and may do is as of now. What was set of a rule of the same id does not count. Rules of products of which none of these logs is are not tried, and counted in `elsewhere`. Problems name the file as `name` says.',
    body: DRY_RUN_BODY,
    answer: DRY_RUN_ANSWER,
    problems: ['not-found', 'took-too-long'],
  })
  async run(@Asking() caller: Caller, @Body(new InputPipe(DryRunBody)) body: DryRunBody): Promise<DryRunView> {
    const { content, name, days, integration } = body;
    const { workspaceId } = caller;
    const integrations = await this.#integrations(caller, await readIntegration(this.#storage, caller, integration));
    const { lists } = await this.#books.written(this.#storage.queries, workspaceId);
    return dryRun(this.#storage.queries, { workspaceId, content, name, days, integrations, lists });
  }

  async #integrations({ workspaceId }: Caller, only: string | undefined): Promise<DryRunQuestion['integrations']> {
    return this.#storage.queries.query<DryRunQuestion['integrations'][number]>(
      `SELECT id, name, connector_id AS product FROM integrations WHERE workspace_id = $1 AND ($2::uuid IS NULL OR id = $2)
       ORDER BY name, id`,
      [workspaceId, only ?? null],
    );
  }
}
