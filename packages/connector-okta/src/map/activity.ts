import type { ActivityClient, ActivityParty, SourceRecord } from '@castellan/connector-sdk';
import { useOf } from './activity-use.js';
import type { Drift } from './drift.js';
import { FIELDS } from './field-names.js';
import { whyNoRow } from './ids.js';
import { parseInstant } from './instant.js';
import { ObjectReader } from './object-reader.js';
import { redactEvent } from './redact.js';

/** One event of the System Log; `null` without uuid, type or time, which an event cannot be placed without. */
export function mapEvent(value: unknown, drift: Drift): SourceRecord<'activity'> | null {
  const event = ObjectReader.of(value, 'event', drift, FIELDS.event);
  const key = event?.id('uuid') ?? null;
  if (event === null || key === null) return null;
  const published = event.instant('published');
  const type = event.filled('eventType');
  if (published === null || type === null) return null;
  const outcome = event.child('outcome', FIELDS.eventOutcome);
  const context = event.child('authenticationContext', FIELDS.eventAuthentication);
  const transaction = event.child('transaction', FIELDS.eventTransaction);
  const actor = event.has('actor') ? party(event.child('actor', FIELDS.eventParty)) : null;
  const targets = event.has('target') ? event.children('target', FIELDS.eventParty).map(party) : [];
  const result = said(outcome.string('result'));
  // `detail` is an open map.
  const token = transaction.child('detail').string('requestApiTokenId');
  return {
    kind: 'activity',
    key,
    data: {
      published,
      type,
      severity: said(event.string('severity')),
      message: event.string('displayMessage'),
      outcome: result,
      outcomeReason: outcome.string('reason'),
      actor,
      targets,
      client: event.has('client') ? client(event.child('client', FIELDS.eventClient)) : null,
      session: said(context.string('externalSessionId')),
      transaction: transaction.string('id'),
      ...useOf({ type, outcome: result, actor, targets }, token),
    },
    raw: redactEvent(value),
  };
}

/** Why `mapEvent` gave none. */
export function whyNoEvent(item: unknown): string {
  return whyNoRow(item, 'uuid', {
    published: (text) => parseInstant(text) !== null,
    eventType: (text) => text !== '',
  });
}

function party(reader: ObjectReader): ActivityParty {
  return {
    id: reader.string('id'),
    type: reader.string('type'),
    login: reader.string('alternateId'),
    displayName: reader.string('displayName'),
  };
}

function client(reader: ObjectReader): ActivityClient {
  const place = reader.child('geographicalContext');
  const point = place.child('geolocation');
  return {
    ip: said(reader.string('ipAddress')),
    userAgent: reader.child('userAgent').string('rawUserAgent'),
    device: said(reader.string('device')),
    city: place.string('city'),
    country: place.string('country'),
    latitude: point.number('lat'),
    longitude: point.number('lon'),
  };
}

/** Okta writes the word "null" into some of these instead of leaving them out. */
function said(text: string | null): string | null {
  return text === 'null' || text === '' ? null : text;
}
