import type { JsonObject, SourceRecord } from '@castellan/connector-sdk';
import type { Drift } from './drift.js';
import { ObjectReader } from './object-reader.js';
import { POSTURE_FIELDS } from './posture-fields.js';
import { redactObject } from './redact.js';

/** What Okta does with sign-ins from addresses of ill repute: `action` is `none`, `audit` or `block`. */
export function mapThreatInsight(value: unknown, drift: Drift): SourceRecord<'org_setting'> | null {
  const settings = ObjectReader.of(value, 'ThreatInsight settings', drift, POSTURE_FIELDS.threatInsight);
  if (settings === null) return null;
  const chosen = { action: settings.string('action'), excludeZones: settings.strings('excludeZones') };
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

function setting(
  area: string,
  name: string | null,
  value: JsonObject,
  reader: ObjectReader,
  source: unknown,
  drift: Drift,
): SourceRecord<'org_setting'> {
  const data = { area, name, value, createdAt: reader.instant('created'), updatedAt: reader.instant('lastUpdated') };
  return { kind: 'org_setting', key: area, data, raw: redactObject(source, drift.harmless) };
}
