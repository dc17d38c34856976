import { type DynamicModule, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { type Authentication, AUTHENTICATION, CallerGuard } from './caller.guard.js';
import { CALLER_WATCH, type CallerWatch } from './caller-watch.js';
import { DENIALS, type Denials } from './denials.js';

@Module({})
export class CallersModule {
  static register(authentication: Authentication, watch: CallerWatch, denials: Denials): DynamicModule {
    return {
      module: CallersModule,
      // Whatever stays open for long asks it.
      global: true,
      providers: [
        { provide: AUTHENTICATION, useValue: authentication },
        { provide: CALLER_WATCH, useValue: watch },
        { provide: DENIALS, useValue: denials },
        { provide: APP_GUARD, useClass: CallerGuard },
      ],
      exports: [AUTHENTICATION, CALLER_WATCH],
    };
  }
}
