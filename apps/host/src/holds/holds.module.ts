import { Module } from '@nestjs/common';
import { HoldKeeping } from './hold-keeping.js';
import { HoldsController } from './holds.controller.js';

@Module({ controllers: [HoldsController], providers: [HoldKeeping] })
export class HoldsModule {}
