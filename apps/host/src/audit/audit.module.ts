import { Global, Module } from '@nestjs/common';
import { AuditTrail } from './audit-trail.js';

/** Every noun that changes something writes to it. */
@Global()
@Module({ providers: [AuditTrail], exports: [AuditTrail] })
export class AuditModule {}
