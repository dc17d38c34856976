import { dayOf, instantOf, partsOf, valueWords, withDay } from '../src/records/filters.js';
import { counted } from '../src/records/kinds.js';
import { changedSearch, isNarrowed, readRecordSearch, rowsQuery, widened } from '../src/records/record-search.js';

test('an address is read as far as it is understood', () => {
  expect(readRecordSearch({ q: 5, filter: 'status:active', removed: 'maybe', key: '', other: 'x' })).toEqual({
    q: '5',
    filter: ['status:active'],
  });
  expect(readRecordSearch({ filter: ['department:', 'no colon', 7, 'status:a:b'], removed: 'all' })).toEqual({
    filter: ['department:', 'status:a:b'],
    removed: 'all',
  });
});

test('what is asked of the host is what the address says, and no more', () => {
  const search = readRecordSearch({ q: 'a b', filter: ['x:1', 'x:2'], sort: '-y', columns: 'x,y', key: 'k', of: 'i' });
  expect([...rowsQuery(search)]).toEqual([
    ['q', 'a b'],
    ['filter', 'x:1'],
    ['filter', 'x:2'],
    ['sort', '-y'],
  ]);
  expect(isNarrowed(search)).toBe(true);
  const wide = widened(search);
  expect(wide).toEqual({ sort: '-y', columns: 'x,y', key: 'k', of: 'i' });
  expect(isNarrowed(wide)).toBe(false);
  expect(changedSearch(search, { filter: [], q: undefined, sort: '' })).toEqual({ columns: 'x,y', key: 'k', of: 'i' });
});

test('a span of days holds its first and its last day', () => {
  const from = withDay(['status:active'], 'createdAt', '>', '2026-01-30');
  const both = withDay(from, 'createdAt', '<', '2026-01-31');
  expect([dayOf(both, 'createdAt', '>'), dayOf(both, 'createdAt', '<')]).toEqual(['2026-01-30', '2026-01-31']);
  const [, since = '', until = ''] = both.map((one) => partsOf(one).value.slice(1));
  // Both days in the zone of who looks, whole.
  expect(Date.parse(until) - Date.parse(since)).toBe(2 * 86_400_000);
  expect(withDay(both, 'createdAt', '<', '')).toEqual(from);
  expect(instantOf('0002-01-01', '>')).toBeUndefined();
  expect(dayOf(['createdAt:<nonsense'], 'createdAt', '<')).toBe('');
});

test('values are words', () => {
  expect(valueWords('password_expired', { as: 'word' })).toBe('Password expired');
  expect(valueWords('', { as: 'text' })).toBe('not said');
  expect(valueWords('', { as: 'instant' })).toBe('never, or not said');
  expect(valueWords('false', { as: 'flag' })).toBe('no');
  expect(counted('account', 12_431)).toBe('12,431 accounts');
  expect(counted('api_token', 2)).toBe('2 API tokens');
  expect(counted('policy', 1)).toBe('1 policy');
});
