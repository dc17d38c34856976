import type { LogStream, SourceRecord } from '@castellan/connector-sdk';
import type { Drift } from './drift.js';
import { LIFECYCLE_STATUS } from './lifecycle-status.js';
import { ObjectReader } from './object-reader.js';
import { POSTURE_FIELDS } from './posture-fields.js';
import { redactObject } from './redact.js';

export function mapLogStream(value: unknown, drift: Drift): SourceRecord<'log_stream'> | null {
  const stream = ObjectReader.of(value, 'log stream', drift, POSTURE_FIELDS.logStream);
  const key = stream?.id('id') ?? null;
  if (stream === null || key === null) return null;
  return {
    kind: 'log_stream',
    key,
    data: {
      name: stream.string('name'),
      type: stream.string('type'),
      status: stream.oneOf<LogStream['status']>('status', LIFECYCLE_STATUS, 'unknown'),
      providerStatus: stream.string('status'),
      createdAt: stream.instant('created'),
      updatedAt: stream.instant('lastUpdated'),
    },
    raw: redactObject(value, drift.harmless),
  };
}
