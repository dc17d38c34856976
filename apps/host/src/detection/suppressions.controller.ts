import type { NamedSuppressionView, SuppressionView } from '@castellan/api';
import { ruleOf, suppressionView, type WrittenRules } from '@castellan/incidents';
import {
  accountNames,
  accountsCalled,
  createSuppression,
  endSuppression,
  type NewSuppression,
  oneAtATime,
  type Storage,
  suppression,
  SuppressionLimitError,
  suppressions,
} from '@castellan/storage';
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, UseGuards } from '@nestjs/common';
import { AuditTrail } from '../audit/audit-trail.js';
import { Asking, type Caller } from '../callers/caller.js';
import { Endpoint } from '../callers/endpoint.js';
import { InputPipe } from '../input/input-pipe.js';
import { NoBody } from '../input/no-body.guard.js';
import { readId } from '../input/parameters.js';
import { invalidRequest, notFound, Problem } from '../problems/problem.js';
import { STORAGE } from '../storage/storage-token.js';
import { RuleBooks } from './rule-books.js';
import { SUPPRESSION_ANSWER, SUPPRESSION_BODY, SUPPRESSIONS_ANSWER } from './suppression-examples.js';
import { readSuppression, SuppressionBody } from './suppression-input.js';

const odd = (message: string): Problem => invalidRequest([{ field: 'subject', message }]);

/** What nobody wants to be told of until a date. */
@Controller('detection/suppressions')
export class SuppressionsController {
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
    summary: 'List what nobody wants to be told of for now',
    description: 'Those that have not ended, the newest first.',
    answer: SUPPRESSIONS_ANSWER,
  })
  async list(@Asking() { workspaceId }: Caller): Promise<{ readonly items: readonly NamedSuppressionView[] }> {
    const written = await this.#books.written(this.#storage.queries, workspaceId);
    const stored = await suppressions(this.#storage.queries, workspaceId);
    const views = stored.map((one) => suppressionView(written, one));
    return { items: views.map(await this.#names(workspaceId, views)) };
  }

  @Post()
  @Endpoint({
    access: 'findings:manage',
    summary: 'Suppress what a rule finds, or what is found of somebody, until a date',
    description:
      'Of a rule, of a subject (the key of an account or its login, or an IP address), or of both together; until at most a year from now, with a reason of 3 to 500 characters. Findings of rules that it fits, open and acknowledged, are excepted until then, and so is what is found meanwhile. At most 1,000 at a time.',
    body: SUPPRESSION_BODY,
    answer: SUPPRESSION_ANSWER,
    problems: ['not-found', 'too-many-suppressions'],
  })
  async create(
    @Asking() caller: Caller,
    @Body(new InputPipe(SuppressionBody)) body: SuppressionBody,
  ): Promise<NamedSuppressionView> {
    const input = await this.#subjectKnown(caller, readSuppression(body));
    const written = await this.#books.written(this.#storage.queries, caller.workspaceId);
    if (input.rule !== null && ruleOf(written.book, input.rule) === undefined) throw notFound('rule', 'rule with this id');
    const made = await this.#trail.record(caller, 'suppression.create', async (notes) => {
      const { suppression: stored, excepted } = await this.#create(caller, input);
      const view = suppressionView(written, stored);
      notes.target = targetOf(view);
      notes.after = { ...noted(view), excepted };
      return view;
    });
    const nameOf = await this.#names(caller.workspaceId, [made]);
    return nameOf(made);
  }

  @Delete(':id')
  @Endpoint({
    access: 'findings:manage',
    summary: 'Delete a suppression',
    description:
      'What is found from now on is told. What it has excepted is open again, as it would be on its date; not what another suppression fits, nor what is part of an incident that somebody has closed.',
    problems: ['not-found'],
  })
  @UseGuards(NoBody)
  @HttpCode(204)
  async remove(@Asking() caller: Caller, @Param('id') id: string): Promise<void> {
    const { workspaceId } = caller;
    const written: WrittenRules = await this.#books.written(this.#storage.queries, workspaceId);
    await this.#trail.record(caller, 'suppression.delete', async (notes) => {
      await oneAtATime(this.#storage.queries, workspaceId);
      const stored = await suppression(this.#storage.queries, workspaceId, readId(id, 'id', 'suppression'));
      if (stored === undefined) throw notFound('id', 'suppression with this id');
      const view = suppressionView(written, stored);
      notes.target = targetOf(view);
      notes.before = noted(view);
      const { kind, id: actorId, name } = caller;
      const opened = await endSuppression(this.#storage.queries, workspaceId, stored, { kind, id: actorId, name });
      notes.after = { opened };
    });
  }

  async #names(
    workspaceId: string,
    views: readonly SuppressionView[],
  ): Promise<(view: SuppressionView) => NamedSuppressionView> {
    const names = await accountNames(
      this.#storage.queries,
      workspaceId,
      views.flatMap(({ subject }) => subject ?? []),
    );
    return (view) => ({ ...view, subjectName: view.subject === null ? null : (names.get(view.subject) ?? null) });
  }

  /** People know an account by its login, findings by its key. @throws Problem (400) */
  async #subjectKnown({ workspaceId }: Caller, input: NewSuppression): Promise<NewSuppression> {
    const { subject } = input;
    if (subject === null || !subject.includes('@')) return input;
    const [key, ...others] = await accountsCalled(this.#storage.queries, workspaceId, subject);
    if (key === undefined) throw odd('No account has this login. Use the id that the provider gives it, or an IP address.');
    if (others.length > 0)
      throw odd(`${others.length + 1} accounts have this login: use the id of the one, ${[key, ...others].join(' or ')}.`);
    return { ...input, subject: key };
  }

  /** @throws Problem (409) */
  async #create({ kind, id, name, workspaceId }: Caller, input: NewSuppression) {
    try {
      return await createSuppression(this.#storage.queries, workspaceId, input, { kind, id, name });
    } catch (error) {
      if (!(error instanceof SuppressionLimitError)) throw error;
      throw new Problem({ code: 'too-many-suppressions', detail: error.message });
    }
  }
}

function targetOf({ id, rule, subject }: SuppressionView) {
  const name = [rule?.title, subject].filter((one) => typeof one === 'string').join(' of ');
  return { kind: 'suppression', id, name };
}

function noted({ rule, subject, reason, until }: SuppressionView) {
  return { rule: rule?.id ?? null, subject, reason, until };
}
