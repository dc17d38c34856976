import type { Logger } from '@castellan/connector-sdk';
import { AccessModule } from './access/access.module.js';
import { ActionsModule } from './actions/actions.module.js';
import type { ProviderActions } from './actions/provider-actions.js';
import { AuditModule } from './audit/audit.module.js';
import { AuditTrail } from './audit/audit-trail.js';
import { AuditedDenials } from './audit/audited-denials.js';
import type { Authentication } from './callers/caller.guard.js';
import type { CallerWatch } from './callers/caller-watch.js';
import { CallersModule } from './callers/callers.module.js';
import { SchedulingModule, type TurnQueue, type TurnTaker, type WorkQueue } from '@castellan/scheduling';
import type { SessionLimits, Storage } from '@castellan/storage';
import { ApiKeysModule } from './api-keys/api-keys.module.js';
import { InvitationsModule } from './invitations/invitations.module.js';
import type { OidcProvider } from './oidc/oidc-provider.js';
import { OidcModule } from './oidc/oidc.module.js';
import type { PasswordHasher } from './passwords/password-hasher.js';
import { SessionsModule } from './sessions/sessions.module.js';
import { SetUpModule } from './set-up/set-up.module.js';
import { SignInModule } from './sign-in/sign-in.module.js';
import { UsersModule } from './users/users.module.js';
import { WorkspacesModule } from './workspaces/workspaces.module.js';
import { type DynamicModule, Module } from '@nestjs/common';
import type { ConnectorDesk } from './connectors/connector-desk.js';
import { ConnectorsModule } from './connectors/connectors.module.js';
import { DocsModule } from './docs/docs.module.js';
import { DatabaseProbe } from './health/database-probe.js';
import { ExportsModule } from './exports/exports.module.js';
import { HealthModule } from './health/health.module.js';
import type { Readiness } from './health/readiness.js';
import { FindingsModule } from './findings/findings.module.js';
import { HoldsModule } from './holds/holds.module.js';
import { IntegrationsModule } from './integrations/integrations.module.js';
import type { MailSettings } from './mail/mail-settings.js';
import type { Metrics } from './metrics/metrics.js';
import { MetricsModule } from './metrics/metrics.module.js';
import { DetectionModule } from './detection/detection.module.js';
import { IncidentsModule } from './incidents/incidents.module.js';
import { PlaybooksModule } from './playbooks/playbooks.module.js';
import { PostureModule } from './posture/posture.module.js';
import { QuestionsModule } from './questions/questions.module.js';
import { ProgressModule } from './progress/progress.module.js';
import { RecordsModule } from './records/records.module.js';
import { RunsModule } from './runs/runs.module.js';
import { SavedQuestionsModule } from './saved-questions/saved-questions.module.js';
import { StorageModule } from './storage/storage.module.js';
import { WebhooksModule } from './webhooks/webhooks.module.js';
import type { Limits } from './throttle/limits.js';
import { ThrottleModule } from './throttle/throttle.module.js';

/** What `startHost` has opened before Nest begins. */
export interface AppParts {
  readonly storage: Storage;
  readonly desk: ConnectorDesk;
  /** Of runs. */
  readonly queue: TurnQueue;
  /** Of looks at organisations. */
  readonly looks: WorkQueue;
  readonly detections: WorkQueue;
  readonly providerActions: ProviderActions;
  readonly engine: TurnTaker;
  /** Whether runs are worked on here, and whatever is due is seen to. */
  readonly isWorker: boolean;
  readonly log: Logger;
  /** Writes the anchors of the audit log, whatever the level of the other lines. */
  readonly anchorLog: Logger;
  readonly authentication: Authentication;
  readonly identity: IdentityParts;
  /** Private hosts that webhooks may post to all the same. */
  readonly allowedWebhookHosts: readonly string[];
  readonly publicUrl: string | undefined;
  readonly mail: MailSettings | undefined;
  readonly callerWatch: CallerWatch;
  /** How often the log of an integration is read that does not say. 0: never. */
  readonly pollSeconds: number;
  readonly limits: Limits;
  readonly metrics: Metrics;
  readonly readiness: Readiness;
}

/** What the ways in are made of. */
export interface IdentityParts {
  readonly hasher: PasswordHasher;
  readonly sessions: SessionLimits;
  readonly oidc: OidcProvider | undefined;
}

/** One module a noun. */
@Module({})
export class AppModule {
  static register(parts: AppParts): DynamicModule {
    const { storage, desk, queue, looks, detections, engine, log, authentication, callerWatch, identity, allowedWebhookHosts } =
      parts;
    const { isWorker, anchorLog, limits, metrics, readiness, pollSeconds, publicUrl, mail } = parts;
    const trail = new AuditTrail(storage, log);
    const startDue = async (limit: number) => {
      const full = await storage.schedule.enqueueDue(limit);
      const polls = await storage.schedule.enqueueDuePolls(pollSeconds, limit);
      return full.length + polls.length;
    };
    return {
      module: AppModule,
      imports: [
        StorageModule.register(storage),
        ThrottleModule.byNetwork(limits),
        CallersModule.register(authentication, callerWatch, new AuditedDenials(trail)),
        ThrottleModule.byCaller(limits),
        MetricsModule.register(metrics),
        AuditModule.register(trail, anchorLog),
        QuestionsModule.register(limits),
        SchedulingModule.register({ queue, taker: engine, isWorker, runs: storage.runStore, schedules: { startDue }, log }),
        SignInModule.register(identity.hasher),
        SessionsModule.register(identity.sessions),
        OidcModule.register(identity.oidc),
        SetUpModule,
        InvitationsModule,
        UsersModule,
        ApiKeysModule,
        WorkspacesModule,
        ConnectorsModule.register(desk),
        IntegrationsModule.register(pollSeconds),
        RunsModule.register(log),
        ProgressModule.register(log, readiness.stopping),
        ExportsModule.register(log),
        RecordsModule,
        AccessModule,
        SavedQuestionsModule,
        PostureModule.register(looks, isWorker, log),
        DetectionModule.register(detections, isWorker, log),
        ActionsModule.register(parts.providerActions, log),
        PlaybooksModule.register(log),
        IncidentsModule,
        FindingsModule.register(log),
        HoldsModule,
        WebhooksModule.register({ allowedHosts: allowedWebhookHosts, publicUrl, mail, log }),
        HealthModule.register(new DatabaseProbe(() => storage.ping()), readiness),
        DocsModule,
      ],
    };
  }
}
