import { type DynamicModule, Module } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import type { Request } from 'express';
import { callerOf } from '../callers/caller.js';
import { addressOf, networkOf } from '../edge/address-of.js';
import { ExpensiveWork } from './expensive-work.js';
import type { Limits } from './limits.js';
import { RequestThrottle } from './request-throttle.js';

/** Guards run in the order in which their modules are imported. */
@Module({})
export class ThrottleModule {
  /** Import it before the callers: finding out who asks costs a query, which a flood must not reach. */
  static byNetwork({ network }: Limits): DynamicModule {
    const throttle = new RequestThrottle((request) => networkOf(addressOf(request)), network);
    return { module: ThrottleModule, providers: [{ provide: APP_GUARD, useValue: throttle }] };
  }

  /** Import it after them. */
  static byCaller(limits: Limits): DynamicModule {
    const throttle = new RequestThrottle(callerKey, limits.caller);
    const providers = [
      { provide: APP_GUARD, useValue: throttle },
      { provide: APP_INTERCEPTOR, useValue: new ExpensiveWork(limits) },
    ];
    return { module: ThrottleModule, providers };
  }
}

function callerKey(request: Request): string | undefined {
  const caller = callerOf(request);
  return caller === undefined ? undefined : `${caller.kind} ${caller.id}`;
}
