import { missingOf, possibleFirst } from '../src/actions/not-granted.js';

const action = (name: string, ...notGranted: readonly string[]) => ({ name, notGranted });

test('what can be done comes first, and what is alike stays as it stood', () => {
  const rows = [action('a', 'x'), action('b'), action('c', 'y'), action('d')];
  expect(possibleFirst(rows, (row) => row).map(({ name }) => name)).toEqual(['b', 'd', 'a', 'c']);
});

test('what is missing is named once', () => {
  expect(missingOf([action('a', 'y', 'x'), action('b'), action('c', 'x')])).toEqual(['x', 'y']);
});
