import type { JsonObject } from '../json/json.js';

export interface EventParty {
  readonly id: string;
  readonly type: string;
  readonly alternateId: string;
  readonly displayName: string;
  readonly detailEntry?: JsonObject;
  /** `{ from, to }`: what the setting was, and what it has become. */
  readonly changeDetails?: JsonObject;
}

export interface EventPlace {
  readonly ip: string;
  readonly city: string;
  readonly state: string;
  readonly country: string;
  readonly postalCode: string;
  readonly lat: number;
  readonly lon: number;
  readonly isp: string;
  readonly asNumber: number;
  readonly isProxy: boolean;
}

export interface EventAgent {
  readonly raw: string;
  readonly os: string;
  readonly browser: string;
  readonly device: string;
}

export interface EventDraft {
  readonly uuid: string;
  readonly published: string;
  readonly eventType: string;
  readonly displayMessage: string;
  readonly actor: EventParty;
  readonly targets?: readonly EventParty[];
  readonly severity?: 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';
  readonly result?: string;
  readonly reason?: string;
  readonly place?: EventPlace;
  readonly agent?: EventAgent;
  readonly sessionId?: string;
  readonly transactionId?: string;
  /** The token of the API request that caused it. */
  readonly apiTokenId?: string;
  readonly credentialType?: string;
  /** Who has vouched for the person: an identity provider. */
  readonly issuer?: { readonly id: string; readonly type: string };
  readonly debugData?: JsonObject;
  readonly riskLevel?: 'LOW' | 'MEDIUM' | 'HIGH';
  /** The device that Okta Verify answered for. */
  readonly device?: JsonObject;
}

const party = (one: EventParty): JsonObject => ({ ...one, detailEntry: one.detailEntry ?? null });

const geography = (place: EventPlace): JsonObject => ({
  city: place.city,
  state: place.state,
  country: place.country,
  postalCode: place.postalCode,
  geolocation: { lat: place.lat, lon: place.lon },
});

function clientOf(draft: EventDraft): JsonObject {
  const { place, agent } = draft;
  return {
    userAgent: agent ? { rawUserAgent: agent.raw, os: agent.os, browser: agent.browser } : null,
    // Okta really writes the word "null" where it knows no zone.
    zone: place ? 'null' : null,
    device: agent?.device ?? null,
    id: null,
    ipAddress: place?.ip ?? null,
    geographicalContext: place ? geography(place) : null,
  };
}

function securityOf(draft: EventDraft): JsonObject {
  const { place } = draft;
  return {
    asNumber: place?.asNumber ?? null,
    asOrg: place?.isp.toLowerCase() ?? null,
    isp: place?.isp.toLowerCase() ?? null,
    domain: place ? 'example.net' : null,
    isProxy: place?.isProxy ?? null,
    ...(draft.riskLevel ? { risk: { level: draft.riskLevel } } : {}),
  };
}

/** A System Log event in the shape that the log has had for years: every part present, empty ones null. */
export function buildEvent(draft: EventDraft): JsonObject {
  const { place } = draft;
  return {
    actor: party(draft.actor),
    client: clientOf(draft),
    device: draft.device ?? null,
    authenticationContext: {
      authenticationProvider: null,
      credentialProvider: null,
      credentialType: draft.credentialType ?? null,
      issuer: draft.issuer ?? null,
      interface: null,
      authenticationStep: 0,
      rootSessionId: draft.sessionId ?? null,
      externalSessionId: draft.sessionId ?? null,
    },
    displayMessage: draft.displayMessage,
    eventType: draft.eventType,
    outcome: { result: draft.result ?? 'SUCCESS', reason: draft.reason ?? null },
    published: draft.published,
    securityContext: securityOf(draft),
    severity: draft.severity ?? 'INFO',
    debugContext: { debugData: draft.debugData ?? {} },
    legacyEventType: null,
    transaction: {
      type: (place ?? draft.agent) ? 'WEB' : 'JOB',
      id: draft.transactionId ?? draft.uuid,
      detail: draft.apiTokenId === undefined ? {} : { requestApiTokenId: draft.apiTokenId },
    },
    uuid: draft.uuid,
    version: '0',
    request: { ipChain: place ? [{ ip: place.ip, geographicalContext: geography(place), version: 'V4', source: null }] : [] },
    target: draft.targets ? draft.targets.map(party) : null,
  };
}
