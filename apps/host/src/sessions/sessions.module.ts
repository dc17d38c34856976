import type { SessionLimits } from '@castellan/storage';
import { type DynamicModule, Module } from '@nestjs/common';
import { SessionController } from './session.controller.js';
import { SESSION_LIMITS, SessionOpening } from './session-opening.js';

@Module({})
export class SessionsModule {
  static register(limits: SessionLimits): DynamicModule {
    return {
      module: SessionsModule,
      // Every way in ends in a session.
      global: true,
      controllers: [SessionController],
      providers: [{ provide: SESSION_LIMITS, useValue: limits }, SessionOpening],
      exports: [SESSION_LIMITS, SessionOpening],
    };
  }
}
