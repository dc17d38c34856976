import type { RuleCheckInput, RuleCheckView } from '@castellan/api';
import { checkedRules } from '@castellan/incidents';
import type { Storage } from '@castellan/storage';
import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { Asking, type Caller } from '../callers/caller.js';
import { Endpoint } from '../callers/endpoint.js';
import { InputPipe } from '../input/input-pipe.js';
import { STORAGE } from '../storage/storage-token.js';
import { IsRuleText } from './is-rule-text.js';
import { RuleBooks } from './rule-books.js';
import { RULE_CHECK_ANSWER, RULE_CHECK_BODY } from './rule-file-examples.js';

class RuleCheckBody implements RuleCheckInput {
  @IsRuleText()
  readonly content!: string;
}

/** What is wrong with rules while they are written: no event is looked at for it. */
@Controller('detection/rule-files/check')
export class RuleCheckController {
  readonly #storage: Storage;
  readonly #books: RuleBooks;

  constructor(@Inject(STORAGE) storage: Storage, @Inject(RuleBooks) books: RuleBooks) {
    this.#storage = storage;
    this.#books = books;
  }

  @Post()
  @HttpCode(200)
  @Endpoint({
    access: 'detection:manage',
    summary: 'Say what is wrong with rules, without a trace',
    description:
      'The rules and filters of `content` alone: which of them cannot be used, and why, line by line; and in `notes` what hinders nothing, and may be a slip. Nothing is kept, and no event is looked at.',
    body: RULE_CHECK_BODY,
    answer: RULE_CHECK_ANSWER,
  })
  async check(
    @Asking() caller: Caller,
    @Body(new InputPipe(RuleCheckBody)) { content }: RuleCheckBody,
  ): Promise<RuleCheckView> {
    const { lists } = await this.#books.written(this.#storage.queries, caller.workspaceId);
    return checkedRules(content, lists, await this.#books.vocabulary());
  }
}
