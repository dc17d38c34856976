type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type Line = { readonly [key: string]: Json };

/** An account of a story, as the log writes it. */
export function user(name: string): Line & { readonly id: string } {
  return { id: `00u${name.padEnd(17, 'x')}`, type: 'User', alternateId: `${name}@acme.test`, displayName: name };
}

export function target(type: string, name: string, more: Line = {}): Line {
  return {
    id: `${type.slice(0, 3).toLowerCase()}${name.replaceAll(/\W/g, '').padEnd(17, 'x')}`,
    type,
    alternateId: name,
    displayName: name,
    ...more,
  };
}

let lines = 0;

/** When stories begin. */
export const START = Date.parse('2026-11-02T09:00:00.000Z');
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/**
 * A line of the log with everything that the log writes: a success of `ann` in the office, at {@link START} and `after` ms. What
 * `more` says is put over it, key by key; a list is replaced.
 */
export function line(eventType: string, more: Line = {}, after = 0): Line {
  lines += 1;
  const whole: Line = {
    uuid: `00000000-0000-4000-8000-${String(lines).padStart(12, '0')}`,
    published: new Date(START + after).toISOString(),
    eventType,
    version: '0',
    severity: 'INFO',
    displayMessage: eventType,
    actor: { ...user('ann'), detailEntry: null },
    client: {
      userAgent: {
        rawUserAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/142.0',
        os: 'Windows 10',
        browser: 'CHROME',
      },
      zone: 'null',
      device: 'Computer',
      id: null,
      ipAddress: '192.0.2.10',
      geographicalContext: {
        city: 'Berlin',
        state: 'Land Berlin',
        country: 'Germany',
        postalCode: '10115',
        geolocation: { lat: 52.52, lon: 13.405 },
      },
    },
    device: null,
    outcome: { result: 'SUCCESS', reason: null },
    target: [],
    transaction: { type: 'WEB', id: `tx${lines}`, detail: {} },
    debugContext: { debugData: { requestUri: '/idp/idx/identify', dtHash: 'dt-ann-laptop' } },
    legacyEventType: null,
    authenticationContext: { authenticationStep: 0, externalSessionId: 'session-ann', rootSessionId: 'session-ann' },
    securityContext: { asNumber: 64500, asOrg: 'Example Telecom', isp: 'Example Telecom', domain: 'acme.test', isProxy: false },
  };
  return over(whole, more);
}

/** What `more` says, put over `base`, key by key. */
export function over(base: Line, more: Line): Line {
  const merged: Record<string, Json> = { ...base };
  for (const [key, value] of Object.entries(more)) {
    const before = merged[key];
    merged[key] = isLine(before) && isLine(value) ? over(before, value) : value;
  }
  return merged;
}

function isLine(value: Json | undefined): value is Line {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
