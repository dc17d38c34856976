import { Module } from '@nestjs/common';
import { SavedQuestionsController } from './saved-questions.controller.js';

@Module({ controllers: [SavedQuestionsController] })
export class SavedQuestionsModule {}
