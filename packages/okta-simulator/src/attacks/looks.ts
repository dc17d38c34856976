import type { JsonObject } from '../json/json.js';

const BEHAVIORS = ['New Geo-Location', 'New Device', 'New IP', 'New State', 'New Country', 'Velocity', 'New City'] as const;

export type Behavior = (typeof BEHAVIORS)[number];
export type Risk = 'LOW' | 'MEDIUM' | 'HIGH';

/** How a sign-in looks to Okta beside those before it. */
export interface Looks {
  readonly odd: readonly Behavior[];
  readonly risk: Risk;
  readonly reasons: string;
}

/** As always. */
export const USUAL: Looks = { odd: [], risk: 'LOW', reasons: '' };

/** The same person with an address that they have not had before. */
export const NEW_ADDRESS: Looks = { odd: ['New IP'], risk: 'LOW', reasons: '' };

export const NEW_DEVICE: Looks = { odd: ['New Device'], risk: 'LOW', reasons: '' };

/** In another country by a means of travel that people have. */
export const TRAVELLING: Looks = {
  odd: ['New IP', 'New City', 'New State', 'New Country', 'New Geo-Location'],
  risk: 'LOW',
  reasons: '',
};

/** A stranger: elsewhere, and with something that was never seen. */
export const STRANGER: Looks = {
  odd: ['New Geo-Location', 'New Device', 'New IP', 'New State', 'New Country', 'New City'],
  risk: 'HIGH',
  reasons: 'Anomalous Location, Anomalous Device',
};

export const TOO_FAST: Looks = { odd: [...STRANGER.odd, 'Velocity'], risk: 'HIGH', reasons: 'Anomalous Location' };

const results = ({ odd }: Looks): readonly (readonly [Behavior, string])[] =>
  BEHAVIORS.map((name) => [name, odd.includes(name) ? 'POSITIVE' : 'NEGATIVE'] as const);

/** As Okta writes them into `debugData`: no JSON. */
export function debugDataOf(looks: Looks): JsonObject {
  const behaviors = results(looks).map(([name, result]) => `${name}=${result}`);
  const reasons = looks.reasons === '' ? '' : `reasons=${looks.reasons}, `;
  return { behaviors: `{${behaviors.join(', ')}}`, risk: `{${reasons}level=${looks.risk}}` };
}

/** The same once more, as the text of a JSON object. */
export function logOnlyOf(looks: Looks): string {
  const risk = { ...(looks.reasons !== '' && { reasons: looks.reasons }), level: looks.risk };
  return JSON.stringify({ risk, behaviors: Object.fromEntries(results(looks)) });
}
