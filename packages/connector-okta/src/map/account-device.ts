import { type AccountDevice, edgeKey, type SourceRecord } from '@castellan/connector-sdk';
import type { Drift } from './drift.js';
import { EXPOSURE_FIELDS } from './exposure-fields.js';
import { ObjectReader } from './object-reader.js';
import { redactObject } from './redact.js';

/** Source: Okta management API, `DeviceStatus`. */
const STATUS: Readonly<Record<string, AccountDevice['status']>> = {
  ACTIVE: 'active',
  UNSUSPENDED: 'active',
  SUSPENDED: 'suspended',
  DEACTIVATED: 'inactive',
};

/** A device as `GET /users/{id}/devices` lists it: inside of what ties it to the account. */
export function mapAccountDevice(value: unknown, account: string, drift: Drift): SourceRecord<'account_device'> | null {
  const tie = ObjectReader.of(value, 'device of a user', drift, EXPOSURE_FIELDS.accountDevice);
  const device = tie?.child('device', EXPOSURE_FIELDS.device);
  const id = device?.id('id') ?? null;
  if (tie === null || device === undefined || id === null) return null;
  const profile = device.child('profile');
  return {
    kind: 'account_device',
    key: edgeKey(account, id),
    partition: account,
    data: {
      account,
      device: id,
      name: profile.text('displayName'),
      platform: profile.string('platform'),
      status: device.oneOf<AccountDevice['status']>('status', STATUS, 'unknown'),
      providerStatus: device.string('status'),
      managed: profile.boolean('managed'),
      // When the account enrolled it; the device may be older.
      createdAt: tie.instant('created') ?? device.instant('created'),
      updatedAt: device.instant('lastUpdated'),
    },
    raw: redactObject(value, drift.harmless),
  };
}
