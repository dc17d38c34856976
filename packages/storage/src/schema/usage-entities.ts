import { type ColumnSpec, entity } from './entity.js';

const KEY: ColumnSpec = { type: 'text!', with: { collation: 'C' } };
const MANY: ColumnSpec = { type: 'integer!', with: { type: 'bigint' } };
const DAY: ColumnSpec = { type: 'text!', with: { type: 'date' } };
const DAYS: ColumnSpec = { type: 'text!', with: { type: 'date', array: true } };
const NUMBERS: ColumnSpec = { type: 'integer!', with: { array: true } };

const PAST_PRESENCES = entity('past_presences', ['integrationId', 'kind', 'key', 'until'], {
  integrationId: 'uuid!',
  kind: 'text!',
  key: KEY,
  since: 'timestamptz!',
  until: 'timestamptz!',
});

const USAGE = entity('usage', ['integrationId', 'use', 'principal', 'object'], {
  integrationId: 'uuid!',
  use: 'text!',
  principal: KEY,
  object: KEY,
  firstAt: 'timestamptz!',
  lastAt: 'timestamptz!',
  times: MANY,
  days: DAYS,
  dayTimes: NUMBERS,
});

const USAGE_DAYS = entity('usage_days', ['integrationId', 'use', 'object', 'day'], {
  integrationId: 'uuid!',
  use: 'text!',
  object: KEY,
  day: DAY,
  times: MANY,
});

const USAGE_SINCE = entity('usage_since', ['integrationId'], {
  integrationId: 'uuid!',
  since: 'timestamptz!',
  changedAt: 'timestamptz!',
});

const ACCESS_COUNTS = entity('access_counts', ['integrationId', 'application'], {
  integrationId: 'uuid!',
  application: KEY,
  accounts: 'integer!',
  lastAt: 'timestamptz',
  lastDays: DAYS,
  lastAccounts: NUMBERS,
});

const ACCESS_COUNTED = entity('access_counted', ['integrationId'], { integrationId: 'uuid!', countedAt: 'timestamptz' });

/** What is kept beside the records: their past, and what events add up to. */
export const USAGE_ENTITIES = [PAST_PRESENCES, USAGE, USAGE_DAYS, USAGE_SINCE, ACCESS_COUNTS, ACCESS_COUNTED];
