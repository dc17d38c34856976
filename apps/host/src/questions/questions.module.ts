import type { Storage } from '@castellan/storage';
import { type DynamicModule, Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { STORAGE } from '../storage/storage-token.js';
import type { Limits } from '../throttle/limits.js';
import { EndedQuestions } from './ended-questions.js';

@Module({})
export class QuestionsModule {
  /** Import it after the audit log: interceptors run in the order of their modules, and refusals are written around what is bounded. */
  static register({ questionMs }: Limits): DynamicModule {
    const useFactory = (storage: Storage) => new EndedQuestions(storage, questionMs);
    return { module: QuestionsModule, providers: [{ provide: APP_INTERCEPTOR, inject: [STORAGE], useFactory }] };
  }
}
