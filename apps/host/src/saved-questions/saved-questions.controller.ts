import type { SavedQuestion } from '@castellan/api';
import {
  type NewSavedQuestion,
  QuestionLimitError,
  QuestionNameTakenError,
  type SavedQuestionRow,
  type Storage,
} from '@castellan/storage';
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, UseGuards } from '@nestjs/common';
import { AuditTrail } from '../audit/audit-trail.js';
import { Asking, type Caller } from '../callers/caller.js';
import { Endpoint } from '../callers/endpoint.js';
import { InputPipe } from '../input/input-pipe.js';
import { NoBody } from '../input/no-body.guard.js';
import { readId } from '../input/parameters.js';
import { notFound, Problem } from '../problems/problem.js';
import { STORAGE } from '../storage/storage-token.js';
import { SAVED_QUESTION, SAVED_QUESTION_BODY, SAVED_QUESTIONS } from './saved-question-examples.js';
import { SavedQuestionInput } from './saved-question-input.js';

/** Questions about access that somebody has kept, for all of the workspace. */
@Controller('saved-questions')
export class SavedQuestionsController {
  readonly #storage: Storage;
  readonly #trail: AuditTrail;

  constructor(@Inject(STORAGE) storage: Storage, @Inject(AuditTrail) trail: AuditTrail) {
    this.#storage = storage;
    this.#trail = trail;
  }

  @Get()
  @Endpoint({ access: 'records:read', summary: 'List the questions that were kept, by name', answer: SAVED_QUESTIONS })
  async list(@Asking() { workspaceId }: Caller): Promise<{ readonly items: readonly SavedQuestion[] }> {
    return { items: (await this.#storage.savedQuestions.list(workspaceId)).map(questionView) };
  }

  @Post()
  @Endpoint({
    access: 'records:read',
    summary: 'Keep a question for all of the workspace',
    description:
      'A name and the address of the page that asks it; 500 at most, and 100 of one person. It shows nothing that its reader may not see: it is asked anew.',
    body: SAVED_QUESTION_BODY,
    answer: SAVED_QUESTION,
    problems: ['question-name-taken', 'too-many-questions'],
  })
  async create(
    @Asking() caller: Caller,
    @Body(new InputPipe(SavedQuestionInput)) { name, address }: SavedQuestionInput,
  ): Promise<SavedQuestion> {
    return this.#trail.record(caller, 'saved-question.create', async (notes) => {
      const created = await this.#create(caller, { name: name.trim(), address, createdBy: caller.userId });
      notes.target = targetOf(created);
      notes.after = questionView(created);
      return questionView(created);
    });
  }

  @Delete(':id')
  @Endpoint({
    access: 'records:read',
    summary: 'Delete a question that was kept',
    description: 'Whoever kept it may, and whoever has `users:manage`.',
    problems: ['not-found'],
  })
  @UseGuards(NoBody)
  @HttpCode(204)
  async remove(@Asking() caller: Caller, @Param('id') id: string): Promise<void> {
    const questionId = readId(id, 'id', 'saved question');
    await this.#trail.record(caller, 'saved-question.delete', async (notes) => {
      const question = await this.#storage.savedQuestions.get(caller.workspaceId, questionId);
      if (question === undefined) throw notFound('id', 'saved question with this id');
      requireOwn(caller, question);
      // Deleted by somebody else in this moment: the wish is fulfilled, and the other's row stands for it.
      notes.isUnchanged = !(await this.#storage.savedQuestions.delete(caller.workspaceId, questionId));
      notes.target = targetOf(question);
      notes.before = questionView(question);
    });
  }

  async #create({ workspaceId }: Caller, input: NewSavedQuestion): Promise<SavedQuestionRow> {
    try {
      return await this.#storage.savedQuestions.create(workspaceId, input);
    } catch (error) {
      if (error instanceof QuestionNameTakenError) {
        const errors = [{ field: 'name', message: 'Another question of the workspace has this name: choose another.' }];
        throw new Problem({ code: 'question-name-taken', detail: error.message, errors });
      }
      if (!(error instanceof QuestionLimitError)) throw error;
      const which = error.whose === 'person' ? 'one of yours' : 'one';
      const detail = `${error.message} Delete ${which} that is not needed any more.`;
      throw new Problem({ code: 'too-many-questions', detail });
    }
  }
}

/** @throws Problem (403) */
function requireOwn({ userId, permissions }: Caller, { createdBy }: SavedQuestionRow): void {
  if (permissions.has('users:manage') || (createdBy !== null && createdBy.id === userId)) return;
  const detail = 'Somebody else has kept this question: he can delete it, and an administrator of your workspace.';
  throw new Problem({ code: 'not-allowed', detail });
}

function targetOf({ id, name }: SavedQuestionRow) {
  return { kind: 'saved_question', id, name };
}

function questionView({ id, name, address, createdBy, createdAt }: SavedQuestionRow): SavedQuestion {
  return { id, name, address, createdBy, createdAt: createdAt.toISOString() };
}
