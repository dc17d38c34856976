import type { Logger } from '@castellan/connector-sdk';
import { type DynamicModule, Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { AuditAnchors } from './audit-anchors.js';
import { AuditLogController } from './audit-log.controller.js';
import { AUDIT_LOGGER } from './audit-logger.js';
import { AuditTrail } from './audit-trail.js';
import { AuditedRefusals } from './audited-refusals.js';

@Module({})
export class AuditModule {
  static register(trail: AuditTrail, log: Logger): DynamicModule {
    return {
      module: AuditModule,
      // Every noun that changes something writes to it.
      global: true,
      controllers: [AuditLogController],
      providers: [
        { provide: AuditTrail, useValue: trail },
        AuditAnchors,
        { provide: APP_INTERCEPTOR, useClass: AuditedRefusals },
        { provide: AUDIT_LOGGER, useValue: log },
      ],
      exports: [AuditTrail],
    };
  }
}
