import type { JsonObject, SettingValues, SourceRecord } from '@castellan/connector-sdk';
import type { Drift } from './drift.js';
import { ObjectReader } from './object-reader.js';
import { POSTURE_FIELDS } from './posture-fields.js';
import { redactObject } from './redact.js';

/** Okta's words for what ThreatInsight does. */
const THREAT_ACTION: Readonly<Record<string, NonNullable<SettingValues['threat_insight']['action']>>> = {
  none: 'none',
  audit: 'audit',
  block: 'block',
};

/** What Okta does with sign-ins from addresses of ill repute. */
export function mapThreatInsight(value: unknown, drift: Drift): SourceRecord<'org_setting'> | null {
  const settings = ObjectReader.of(value, 'ThreatInsight settings', drift, POSTURE_FIELDS.threatInsight);
  if (settings === null) return null;
  const action = settings.optionalOneOf<SettingValues['threat_insight']['action']>('action', THREAT_ACTION, 'unknown');
  const chosen = { action, excludeZones: settings.strings('excludeZones') };
  return setting('threat_insight', 'ThreatInsight', chosen, settings, value, drift);
}

/** The organisation itself. Its addresses and telephone numbers are in `raw` only. */
export function mapOrganisation(value: unknown, drift: Drift): SourceRecord<'org_setting'> | null {
  const org = ObjectReader.of(value, 'organisation', drift, POSTURE_FIELDS.organisation);
  if (org === null) return null;
  const chosen = {
    id: org.string('id'),
    subdomain: org.string('subdomain'),
    status: org.string('status'),
    website: org.string('website'),
    country: org.string('country'),
    expiresAt: org.instant('expiresAt'),
  };
  return setting('organisation', org.string('companyName'), chosen, org, value, drift);
}

const SUPPORT: Readonly<Record<string, boolean>> = { ENABLED: true, DISABLED: false };

/** Whether Okta's own staff may sign in, and until when. */
export function mapSupportAccess(value: unknown, drift: Drift): SourceRecord<'org_setting'> | null {
  const access = ObjectReader.of(value, 'support access', drift, POSTURE_FIELDS.supportAccess);
  if (access === null) return null;
  const granted = access.optionalOneOf<boolean | null>('support', SUPPORT, null);
  return setting('support_access', null, { granted, until: access.instant('expiration') }, access, value, drift);
}

/** Whether somebody can be made an administrator who is no member of the organisation. */
export function mapThirdPartyAdministrators(value: unknown, drift: Drift): SourceRecord<'org_setting'> | null {
  const found = ObjectReader.of(value, 'third-party administrators', drift, POSTURE_FIELDS.thirdPartyAdministrators);
  if (found === null) return null;
  return setting('third_party_administrators', null, { allowed: found.boolean('thirdPartyAdmin') }, found, value, drift);
}

/** Whether a program that is made in the console is a Super Administrator at once. */
export function mapNewPrograms(value: unknown, drift: Drift): SourceRecord<'org_setting'> | null {
  const found = ObjectReader.of(value, 'client privileges', drift, POSTURE_FIELDS.newPrograms);
  if (found === null) return null;
  const chosen = { superAdministrator: found.boolean('clientPrivilegesSetting') };
  return setting('new_programs', null, chosen, found, value, drift);
}

/** The sessions of Okta's own console for administrators. */
export function mapAdministrationConsole(value: unknown, drift: Drift): SourceRecord<'org_setting'> | null {
  const sessions = ObjectReader.of(value, 'admin console settings', drift, POSTURE_FIELDS.administrationConsole);
  if (sessions === null) return null;
  const chosen = {
    idleMinutes: sessions.number('sessionIdleTimeoutMinutes'),
    lifetimeMinutes: sessions.number('sessionMaxLifetimeMinutes'),
  };
  return setting('administration_console', null, chosen, sessions, value, drift);
}

function setting<A extends string>(
  area: A,
  name: string | null,
  value: A extends keyof SettingValues ? SettingValues[A] & JsonObject : JsonObject,
  reader: ObjectReader,
  source: unknown,
  drift: Drift,
): SourceRecord<'org_setting'> {
  const data = { area, name, value, createdAt: reader.instant('created'), updatedAt: reader.instant('lastUpdated') };
  return { kind: 'org_setting', key: area, data, raw: redactObject(source, drift.harmless) };
}
