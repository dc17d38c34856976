import { createHash } from 'node:crypto';
import type { RuleFileDetail, RuleFileView } from '@castellan/api';
import { ruleFileDetail, ruleFileView } from '@castellan/incidents';
import {
  changeRuleFile,
  createRuleFile,
  type NewRuleFile,
  oneAtATime,
  removeRuleFile,
  ruleFile,
  RuleFileLimitError,
  RuleFileNameTakenError,
  ruleFiles,
  type Storage,
  type StoredRuleFile,
} from '@castellan/storage';
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Put, UseGuards } from '@nestjs/common';
import { AuditTrail } from '../audit/audit-trail.js';
import { Asking, type Caller } from '../callers/caller.js';
import { Endpoint } from '../callers/endpoint.js';
import { InputPipe } from '../input/input-pipe.js';
import { NoBody } from '../input/no-body.guard.js';
import { readId } from '../input/parameters.js';
import { notFound, Problem } from '../problems/problem.js';
import { STORAGE } from '../storage/storage-token.js';
import { RuleBooks } from './rule-books.js';
import { RULE_FILE_ANSWER, RULE_FILE_BODY, RULE_FILES_ANSWER } from './rule-file-examples.js';
import { RuleFileBody } from './rule-file-input.js';

const ABOUT =
  'Documents of YAML: Sigma rules, correlations and filters. A file with mistakes is kept: `problems` say of each rule that cannot be used where it stands and why, and the others work. A rule whose id or name another file has already is such a problem. `notes` say of a name that is nearly one that our rules know, in a rule that is used all the same. A filter suppresses what rules of all files find, also of ours.';

/** Rules and filters of a workspace's own. */
@Controller('detection/rule-files')
export class RuleFilesController {
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
    summary: 'List the files of rules that were uploaded, with what is wrong with them',
    description: 'The oldest first.',
    answer: RULE_FILES_ANSWER,
  })
  async list(@Asking() { workspaceId }: Caller): Promise<{ readonly items: readonly RuleFileView[] }> {
    const written = await this.#books.written(this.#storage.queries, workspaceId);
    const files = await ruleFiles(this.#storage.queries, workspaceId);
    return { items: files.map((file) => ruleFileView(written, file)) };
  }

  @Post()
  @Endpoint({
    access: 'detection:manage',
    summary: 'Upload a file of rules',
    description: `${ABOUT} At most 100 files, 1,000,000 characters each and 5,000,000 together.`,
    body: RULE_FILE_BODY,
    answer: RULE_FILE_ANSWER,
    problems: ['rule-file-name-taken', 'too-many-rule-files'],
  })
  async create(@Asking() caller: Caller, @Body(new InputPipe(RuleFileBody)) body: RuleFileBody): Promise<RuleFileDetail> {
    const created = await this.#trail.record(caller, 'rule-file.create', async (notes) => {
      const { kind, id, name, workspaceId } = caller;
      const file = await refused(() => createRuleFile(this.#storage.queries, workspaceId, trimmed(body), { kind, id, name }));
      notes.target = targetOf(file);
      notes.after = noted(file);
      return file;
    });
    return this.#detail(caller, created);
  }

  @Get(':id')
  @Endpoint({
    access: 'findings:read',
    summary: 'See one file of rules, as it was uploaded',
    answer: RULE_FILE_ANSWER,
    problems: ['not-found'],
  })
  async detail(@Asking() caller: Caller, @Param('id') id: string): Promise<RuleFileDetail> {
    return this.#detail(caller, await this.#file(caller, id));
  }

  @Put(':id')
  @Endpoint({
    access: 'detection:manage',
    summary: 'Replace a file of rules, or switch it off or on',
    description: `${ABOUT} What was set of a rule stays for as long as a rule has its id.`,
    body: RULE_FILE_BODY,
    answer: RULE_FILE_ANSWER,
    problems: ['not-found', 'rule-file-name-taken', 'too-many-rule-files'],
  })
  async replace(
    @Asking() caller: Caller,
    @Param('id') id: string,
    @Body(new InputPipe(RuleFileBody)) body: RuleFileBody,
  ): Promise<RuleFileDetail> {
    const changed = await this.#trail.record(caller, 'rule-file.update', async (notes) => {
      const before = await this.#locked(caller, id);
      const { kind, id: actorId, name, workspaceId } = caller;
      const by = { kind, id: actorId, name };
      const file = await refused(() => changeRuleFile(this.#storage.queries, workspaceId, before.id, trimmed(body), by));
      if (file === undefined) throw notFound('id', 'file of rules with this id');
      notes.target = targetOf(file);
      notes.before = noted(before);
      notes.after = noted(file);
      return file;
    });
    return this.#detail(caller, changed);
  }

  @Delete(':id')
  @Endpoint({
    access: 'detection:manage',
    summary: 'Delete a file of rules',
    description: 'What its rules have found stays.',
    problems: ['not-found'],
  })
  @UseGuards(NoBody)
  @HttpCode(204)
  async remove(@Asking() caller: Caller, @Param('id') id: string): Promise<void> {
    await this.#trail.record(caller, 'rule-file.delete', async (notes) => {
      const file = await this.#locked(caller, id);
      notes.target = targetOf(file);
      notes.before = noted(file);
      await removeRuleFile(this.#storage.queries, caller.workspaceId, file.id);
    });
  }

  async #detail({ workspaceId }: Caller, file: StoredRuleFile): Promise<RuleFileDetail> {
    return ruleFileDetail(await this.#books.written(this.#storage.queries, workspaceId), file);
  }

  /** @throws Problem (404) */
  async #file({ workspaceId }: Caller, id: string): Promise<StoredRuleFile> {
    const file = await ruleFile(this.#storage.queries, workspaceId, readId(id, 'id', 'file of rules'));
    if (file === undefined) throw notFound('id', 'file of rules with this id');
    return file;
  }

  /** In the transaction of a change. @throws Problem (404) */
  async #locked(caller: Caller, id: string): Promise<StoredRuleFile> {
    await oneAtATime(this.#storage.queries, caller.workspaceId);
    return this.#file(caller, id);
  }
}

function trimmed({ name, content, enabled }: RuleFileBody): NewRuleFile {
  return { name: name.trim(), content, enabled };
}

function targetOf({ id, name }: StoredRuleFile) {
  return { kind: 'rule_file', id, name };
}

/** The content would be most of the audit log: which one it was can be told. */
function noted({ name, enabled, content }: StoredRuleFile) {
  return { name, enabled, characters: content.length, sha256: createHash('sha256').update(content).digest('hex') };
}

/** @throws Problem (409) */
async function refused<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RuleFileNameTakenError) {
      const errors = [{ field: 'name', message: 'Another file of the workspace has this name: choose another.' }];
      throw new Problem({ code: 'rule-file-name-taken', detail: error.message, errors });
    }
    if (error instanceof RuleFileLimitError) throw new Problem({ code: 'too-many-rule-files', detail: error.message });
    throw error;
  }
}
