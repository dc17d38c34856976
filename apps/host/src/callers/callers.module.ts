import { type DynamicModule, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { type Authentication, AUTHENTICATION, CallerGuard } from './caller.guard.js';

@Module({})
export class CallersModule {
  static register(authentication: Authentication): DynamicModule {
    return {
      module: CallersModule,
      global: true,
      providers: [
        { provide: AUTHENTICATION, useValue: authentication },
        { provide: APP_GUARD, useClass: CallerGuard },
      ],
      exports: [AUTHENTICATION],
    };
  }
}
