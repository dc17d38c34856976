import type { RuleDetail, RulesView } from '@castellan/api';
import {
  type AnyRule,
  ruleDetail,
  ruleOf,
  ruleSettingProblems,
  rulesThatSay,
  rulesView,
  settingView,
} from '@castellan/incidents';
import { oneAtATime, removeRuleSetting, ruleSetting, saveRuleSetting, type Storage } from '@castellan/storage';
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Put, Query, UseGuards } from '@nestjs/common';
import { AuditTrail } from '../audit/audit-trail.js';
import { Asking, type Caller } from '../callers/caller.js';
import { Endpoint } from '../callers/endpoint.js';
import { InputPipe } from '../input/input-pipe.js';
import { NoBody } from '../input/no-body.guard.js';
import { invalidRequest, notFound } from '../problems/problem.js';
import { readWords } from '../records/read-rows-query.js';
import { STORAGE } from '../storage/storage-token.js';
import { RULE_ANSWER, RULE_SETTING_BODY, RULES_ANSWER } from './rule-examples.js';
import { RuleBooks } from './rule-books.js';
import { RulesQuery } from './rules-query.js';
import { readRuleSetting, RuleSettingBody } from './rule-setting-input.js';

/** An id is whatever a file says. */
const ID = { id: 'The id of a rule, as `GET /api/detection/rules` lists it: an UUID, a name or a title.' };

/** The rules that look at the activity, and what the workspace has set of them. */
@Controller('detection/rules')
export class RulesController {
  readonly #storage: Storage;
  readonly #books: RuleBooks;
  readonly #trail: AuditTrail;

  constructor(@Inject(STORAGE) storage: Storage, @Inject(RuleBooks) books: RuleBooks, @Inject(AuditTrail) trail: AuditTrail) {
    this.#storage = storage;
    this.#books = books;
    this.#trail = trail;
  }

  @Get()
  @Endpoint({
    access: 'findings:read',
    summary: 'List the rules over the activity, with how often each has found something',
    description:
      'Ours first, then those of files that were uploaded and are in use. One that is not told by itself (`isTold`) is there for correlations. `problems`: rules of those files that cannot be used, and why. `level` is as the rule says; what the workspace has set is in `setting`. `q`: only rules that have each word somewhere, whatever its case: in what they are called, their techniques, or their text with the fields and values that they ask for; of a correlation also in the rules that it puts together.',
    answer: RULES_ANSWER,
  })
  async list(@Asking() { workspaceId }: Caller, @Query(new InputPipe(RulesQuery)) { q }: RulesQuery): Promise<RulesView> {
    const written = await this.#books.written(this.#storage.queries, workspaceId);
    const words = readWords(q);
    return rulesView(
      this.#storage.queries,
      workspaceId,
      written,
      words.length === 0 ? undefined : rulesThatSay(written, words),
    );
  }

  @Get(':id')
  @Endpoint({
    access: 'findings:read',
    summary: 'See one rule: what it asks, as it was written, what to do about it, how often it has found something',
    description: 'What it has found are findings: `GET /api/findings?source=detection&rule=`.',
    parameters: ID,
    answer: RULE_ANSWER,
    problems: ['not-found'],
  })
  async detail(@Asking() caller: Caller, @Param('id') id: string): Promise<RuleDetail> {
    return this.#detail(caller, await this.#rule(caller, id));
  }

  @Put(':id/setting')
  @Endpoint({
    access: 'detection:manage',
    summary: 'Switch a rule off or on, and set its level, its numbers and its time span',
    description:
      'For all integrations of the workspace, from the next event on; what was found before stays. What is left out, or `null`, is as the rule says. `bounds`: of a correlation that compares a number, `least` among them of a ratio. `timespan`: of a correlation, like `90m`; its windows begin anew. One that is off needs a `reason` of 3 to 500 characters.',
    parameters: ID,
    body: RULE_SETTING_BODY,
    answer: RULE_ANSWER,
    problems: ['not-found'],
  })
  async set(
    @Asking() caller: Caller,
    @Param('id') id: string,
    @Body(new InputPipe(RuleSettingBody)) body: RuleSettingBody,
  ): Promise<RuleDetail> {
    const rule = await this.#rule(caller, id);
    const setting = await readRuleSetting(body);
    const errors = ruleSettingProblems(rule, setting);
    if (errors.length > 0) throw invalidRequest(errors);
    const { kind, id: actorId, name, workspaceId } = caller;
    await this.#trail.record(caller, 'rule.settings', async (notes) => {
      notes.target = targetOf(rule);
      const before = await this.#setting(workspaceId, rule);
      if (before !== undefined) notes.before = before;
      await saveRuleSetting(this.#storage.queries, workspaceId, rule.id, setting, { kind, id: actorId, name });
      notes.after = setting;
    });
    return this.#detail(caller, rule);
  }

  @Delete(':id/setting')
  @Endpoint({
    access: 'detection:manage',
    summary: 'Have a rule as it says itself again',
    parameters: ID,
    problems: ['not-found'],
  })
  @UseGuards(NoBody)
  @HttpCode(204)
  async reset(@Asking() caller: Caller, @Param('id') id: string): Promise<void> {
    const rule = await this.#rule(caller, id);
    await this.#trail.record(caller, 'rule.reset', async (notes) => {
      notes.target = targetOf(rule);
      const before = await this.#setting(caller.workspaceId, rule);
      if (before === undefined) notes.isUnchanged = true;
      else notes.before = before;
      await removeRuleSetting(this.#storage.queries, caller.workspaceId, rule.id);
    });
  }

  /** @throws Problem (404) */
  async #rule({ workspaceId }: Caller, id: string): Promise<AnyRule> {
    const rule = ruleOf((await this.#books.written(this.#storage.queries, workspaceId)).book, id);
    if (rule === undefined) throw notFound('id', 'rule with this id');
    return rule;
  }

  async #detail({ workspaceId }: Caller, rule: AnyRule): Promise<RuleDetail> {
    return ruleDetail(this.#storage.queries, workspaceId, await this.#books.written(this.#storage.queries, workspaceId), rule);
  }

  /** For the audit log, in its transaction. */
  async #setting(workspaceId: string, { id }: AnyRule): Promise<object | undefined> {
    await oneAtATime(this.#storage.queries, workspaceId);
    const stored = await ruleSetting(this.#storage.queries, workspaceId, id);
    if (stored === undefined) return undefined;
    const { enabled, level, bounds, timespan, reason } = settingView(stored);
    return { enabled, level, bounds, timespan, reason };
  }
}

function targetOf({ id, title }: AnyRule) {
  return { kind: 'rule', id, name: title };
}
