import {
  ENRICHED_FIELDS,
  Enricher,
  HistoriesInMemory,
  type Known,
  networksOf,
  readEvent,
  type Raw,
} from '@castellan/detection';
import { tableOf } from './detection-guide.js';

const HEAD = 'field | type | meaning | from';
const rows = tableOf(HEAD).map(([name = '', type = '', meaning = '', from = '']) => ({
  field: name.slice(1, -1),
  type,
  meaning,
  from: from.split(', '),
}));

test('the table of fields has those that rules may ask for, each with what it means, and no others', () => {
  expect(Object.fromEntries(rows.map(({ field, meaning }) => [field, meaning]))).toEqual(ENRICHED_FIELDS);
  expect(rows.length).toBe(Object.keys(ENRICHED_FIELDS).length);
});

const DAY = 86_400_000;
const NOW = Date.parse('2026-11-12T09:00:00Z');
const ANA = { id: '00uAna', type: 'User', alternateId: 'ana@acme.example' };
const TARGETS = [
  { ...ANA, id: '00uBen' },
  { id: '00gOps', type: 'UserGroup', displayName: 'Operators' },
  { id: '0oaMail', type: 'AppInstance', displayName: 'Mail' },
];

/** A sign-in to an application with all that a log says of one. */
function used(at: number, place: number, saying: object = {}): Raw {
  return {
    uuid: `e${at}`,
    published: new Date(at).toISOString(),
    eventType: 'user.authentication.sso',
    actor: ANA,
    outcome: { result: 'SUCCESS' },
    target: TARGETS,
    client: {
      ipAddress: `192.0.2.${place}`,
      geographicalContext: { country: `Country ${place}`, geolocation: { lat: place, lon: place } },
    },
    securityContext: { asNumber: 64_496 + place },
    device: { id: `device-${place}` },
    authenticationContext: { rootSessionId: 'session-1' },
    debugContext: { debugData: saying },
  };
}

const BEHAVIORS = ['Device', 'IP', 'City', 'State', 'Country', 'Geo-Location'].map((name) => `New ${name}=POSITIVE`);
const SAYING = {
  behaviors: `{${[...BEHAVIORS, 'Velocity=NEGATIVE'].join(', ')}}`,
  risk: '{reasons=Anomalous Device, level=HIGH}',
};

/** What an event's fields can be from, besides itself. */
const SOURCES = ['records', 'history', 'lists'] as const;
type Around = Readonly<Record<(typeof SOURCES)[number], boolean>>;
const ALL: Around = { records: true, history: true, lists: true };
const NOTHING: Around = { records: false, history: false, lists: false };

const ACCOUNT = {
  createdAt: NOW - 400 * DAY,
  lastUsedAt: NOW - 100 * DAY,
  roles: ['SUPER_ADMIN'],
  isSuperAdmin: true,
  department: 'Finance',
  hasPhishingResistant: false,
  isEnded: false,
};
const GROUP = { roles: ['HELP_DESK_ADMIN'], isSuperAdmin: false, isRuled: true };

function knownOf({ records, lists }: Around): Known {
  return {
    account: () => ({ ...(records && ACCOUNT), ...(lists && { isBreakGlass: true }) }),
    group: () => (records ? GROUP : undefined),
  };
}

/** What is said of the same event, by what is known beside it. */
function saidOf(around: Around): unknown {
  const list = (name: string) => networksOf(around.lists ? [{ name, entries: ['192.0.2.9'] }] : []);
  const enricher = new Enricher({
    known: knownOf(around),
    memory: new HistoriesInMemory(),
    ownNetworks: list('own'),
    threats: list('bad'),
  });
  const read = (raw: Raw) => {
    const event = readEvent(raw);
    if (event === undefined) throw new Error('It is an event.');
    return event;
  };
  // Five weeks of mornings at one place, by each who is named.
  if (around.history)
    for (let day = 35; day > 0; day -= 1)
      for (const id of ['00uAna', '00uBen']) {
        const before = { ...used(NOW - day * DAY, 1), actor: { ...ANA, id }, uuid: `${id}${day}` };
        enricher.learn([read(before)]);
      }
  const event = read(used(NOW, 9, SAYING));
  if (around.history) enricher.learn([event]);
  return JSON.parse(JSON.stringify({ x: enricher.enrich(event)['x'] }));
}

/** As rules read it: of a list the first that has it. */
function valueIn(said: unknown, field: string): unknown {
  let node = [said];
  for (const key of field.split('.'))
    node = node.flatMap((one) => {
      // What is said is JSON: objects have keys.
      const value = (one as Raw | null)?.[key];
      return Array.isArray(value) && !['roles', 'lists', 'reasons'].includes(key) ? value : value === undefined ? [] : [value];
    });
  return node[0];
}

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  text: (value) => typeof value === 'string',
  texts: (value) => Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'string'),
  number: (value) => typeof value === 'number',
  'true, false': (value) => typeof value === 'boolean',
};

test.each(rows.map((row) => [row.field, row] as const))('%s is of the type that the table says', (field, { type }) => {
  const value = valueIn(saidOf(ALL), field);
  expect([field, type, TYPES[type]?.(value) === true ? 'so' : value]).toEqual([field, type, 'so']);
});

test.each(rows.map((row) => [row.field, row] as const))('%s is from where the table says', (field, { from }) => {
  const said = (around: Around): string | undefined => JSON.stringify(valueIn(saidOf(around), field));
  // Without it something else is said, or with it alone something else than without anything.
  const changing = SOURCES.filter(
    (source) => said({ ...ALL, [source]: false }) !== said(ALL) || said({ ...NOTHING, [source]: true }) !== said(NOTHING),
  );
  expect(from).toEqual(changing.length === 0 ? ['log'] : changing);
});
