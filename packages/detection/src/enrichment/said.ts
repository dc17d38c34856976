import { asRaw, type Raw, textIn } from '../log-event.js';

/** What the provider says of a sign-in. */
export interface Said {
  readonly behaviors: Readonly<Record<string, boolean>> | undefined;
  readonly risk: { readonly level?: string; readonly reasons?: readonly string[] } | undefined;
}

const BEHAVIORS: Readonly<Record<string, string>> = {
  'new device': 'newDevice',
  'new ip': 'newIp',
  'new city': 'newCity',
  'new state': 'newState',
  'new country': 'newCountry',
  'new geo-location': 'newGeoLocation',
  velocity: 'velocity',
};
/** Nobody says more of one event. */
const LONGEST = 8_192;

/**
 * Behaviours and risk. They stand in `debugContext.debugData`: as text (`{New Device=POSITIVE, Velocity=NEGATIVE}`), or in
 * `logOnlySecurityData`, which is JSON in a text or an object. Where they do not, they stand in `securityContext`, as an object and
 * a list.
 */
export function readSaid(raw: Raw): Said {
  const data = asRaw(asRaw(raw['debugContext'])?.['debugData']);
  const security = asRaw(raw['securityContext']);
  const both = loggedOnly(data?.['logOnlySecurityData']);
  return {
    behaviors:
      behaviorsOf(pairsOf(data?.['behaviors'])) ??
      behaviorsOf(pairsOf(both?.['behaviors'])) ??
      behaviorsOf(pairsInList(security?.['userBehaviors'])),
    risk: riskOf(data?.['risk']) ?? riskOf(both?.['risk']) ?? levelOnly(data) ?? riskOf(security?.['risk']),
  };
}

function levelOnly(data: Raw | undefined): Said['risk'] {
  const level = data === undefined ? undefined : textIn(data, 'riskLevel');
  return level === undefined ? undefined : { level: level.toUpperCase() };
}

function loggedOnly(value: unknown): Raw | undefined {
  if (typeof value !== 'string') return asRaw(value);
  if (value.length > LONGEST || !value.startsWith('{')) return undefined;
  try {
    return asRaw(JSON.parse(value));
  } catch {
    // Cut off, or another kind of text: it says nothing that can be read.
    return undefined;
  }
}

function behaviorsOf(pairs: Pairs | undefined): Said['behaviors'] {
  if (pairs === undefined) return undefined;
  const found: Record<string, boolean> = {};
  for (const [name, said] of pairs) {
    const field = BEHAVIORS[name.toLowerCase()];
    // `UNKNOWN` and `BAD_REQUEST` say neither.
    if (field !== undefined && (said === 'POSITIVE' || said === 'NEGATIVE')) found[field] = said === 'POSITIVE';
  }
  return Object.keys(found).length === 0 ? undefined : found;
}

function riskOf(value: unknown): Said['risk'] {
  const pairs = pairsOf(value);
  if (pairs === undefined || pairs.size === 0) return undefined;
  const level = pairs.get('level')?.toUpperCase();
  const reasons = pairs.get('reasons');
  return {
    ...(level !== undefined && { level }),
    ...(reasons !== undefined && { reasons: reasons.split(/,\s*/).filter((reason) => reason !== '') }),
  };
}

type Pairs = ReadonlyMap<string, string>;

/** Somebody may have defined a few of their own. */
const MOST_BEHAVIORS = 100;

function pairsInList(value: unknown): Pairs | undefined {
  if (!Array.isArray(value)) return undefined;
  return new Map(
    value.slice(0, MOST_BEHAVIORS).flatMap((one: unknown) => {
      const raw = asRaw(one);
      const [name, result] = raw === undefined ? [] : [textIn(raw, 'name'), textIn(raw, 'result')];
      return name === undefined || result === undefined ? [] : [[name, result] as const];
    }),
  );
}

/** Of an object, or of `{a=1, b=x, y, c=2}`: a value goes on up to the next name. */
function pairsOf(value: unknown): Pairs | undefined {
  if (typeof value === 'string') {
    if (value.length > LONGEST || !value.startsWith('{')) return undefined;
    const pairs = new Map<string, string>();
    let name: string | undefined;
    for (const piece of value.replace(/^\{|\}$/g, '').split(', ')) {
      const at = piece.indexOf('=');
      if (at > 0) name = piece.slice(0, at).trim();
      if (name === undefined) continue;
      const said = at > 0 ? piece.slice(at + 1) : `${pairs.get(name) ?? ''}, ${piece}`;
      pairs.set(name, said);
    }
    return pairs;
  }
  const raw = asRaw(value);
  if (raw === undefined) return undefined;
  return new Map(Object.entries(raw).flatMap(([name, said]) => (typeof said === 'string' ? [[name, said] as const] : [])));
}
