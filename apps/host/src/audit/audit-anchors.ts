import type { Logger } from '@castellan/connector-sdk';
import { anchorText, type Storage } from '@castellan/storage';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { STORAGE } from '../storage/storage-token.js';
import { AUDIT_LOGGER } from './audit-logger.js';

const DAY_MS = 86_400_000;

/**
 * Writes the end of the audit log to the host's log, which is kept elsewhere: whoever cuts rows off the end and puts the
 * whole database back to an earlier state leaves no trace in it, but `castellan audit verify --anchor` misses them.
 */
@Injectable()
export class AuditAnchors implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #storage: Storage;
  readonly #log: Logger;

  constructor(@Inject(STORAGE) storage: Storage, @Inject(AUDIT_LOGGER) log: Logger) {
    this.#storage = storage;
    this.#log = log;
  }

  onApplicationBootstrap(): Promise<void> {
    return this.write();
  }

  onModuleDestroy(): Promise<void> {
    return this.write();
  }

  @Interval(DAY_MS)
  async write(): Promise<void> {
    try {
      this.#log.info('audit anchor', { anchor: anchorText(await this.#storage.audit.head()) });
    } catch (error) {
      this.#log.error('no audit anchor', { error: error instanceof Error ? error.message : String(error) });
    }
  }
}
