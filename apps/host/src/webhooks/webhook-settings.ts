import type { SchedulingLog } from '@castellan/scheduling';
import type { MailSettings } from '../mail/mail-settings.js';

export interface WebhookSettings {
  /** Hosts that may be posted to although their address is private, also over plain http. */
  readonly allowedHosts: readonly string[];
  /** Origin of this host, for links to its pages. */
  readonly publicUrl?: string | undefined;
  /** `undefined`: the host has no mail server. */
  readonly mail?: MailSettings | undefined;
  readonly log: SchedulingLog;
}
export const WEBHOOK_SETTINGS = Symbol('WebhookSettings');
