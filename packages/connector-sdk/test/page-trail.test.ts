import { PageTrail } from '../src/index.js';

test.each([1, 2, 3, 7, 100, 1_000])('a circle of %i pages is noticed with one link in memory', (length) => {
  const trail = new PageTrail();
  let pages = 0;
  while (trail.follow(pages < 50 ? `start${pages}` : `link${pages % length}`) === undefined) pages += 1;
  expect(pages).toBeLessThan(50 + 6 * length + 150);
});

test('a list of ever new links is noticed by their number', () => {
  const trail = new PageTrail(10);
  for (let page = 0; page < 10; page += 1) expect(trail.follow(`link${page}`)).toBeUndefined();
  expect(trail.follow('link10')).toBe('it has no end after 10 pages');
});
