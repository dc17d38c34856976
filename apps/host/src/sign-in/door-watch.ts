import { Inject, Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/audit-trail.js';
import { Metrics } from '../metrics/metrics.js';
import { Problem } from '../problems/problem.js';

/** Strangers who were turned away leave a row in the audit log and a number in the metrics. */
@Injectable()
export class DoorWatch {
  readonly #trail: AuditTrail;
  readonly #metrics: Metrics;

  constructor(@Inject(AuditTrail) trail: AuditTrail, @Inject(Metrics) metrics: Metrics) {
    this.#trail = trail;
    this.#metrics = metrics;
  }

  /** Does `work`; when it refuses somebody, that is written down before he is told. */
  async orRefused<T>(action: string, how: string, address: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Problem) || ![401, 403].includes(error.body.status)) throw error;
      this.#metrics.signInFailures.inc({ reason: how });
      const stranger = { kind: 'anonymous', name: '', address, workspaceId: null } as const;
      await this.#trail.refused(stranger, action, { after: { how } });
      throw error;
    }
  }
}
