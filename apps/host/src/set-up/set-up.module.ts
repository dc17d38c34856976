import { Module } from '@nestjs/common';
import { SetUpController } from './set-up.controller.js';

@Module({ controllers: [SetUpController] })
export class SetUpModule {}
