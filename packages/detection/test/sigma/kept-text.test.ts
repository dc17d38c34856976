import { keptText } from '../../src/sigma/kept-text.js';

test('what is kept of a long text is short, a text, and tells it from others', () => {
  const long = 'a'.repeat(399);
  const texts = [`${long}😀${'b'.repeat(100_000)}`, `${long}😀${'b'.repeat(100_001)}`, `${long}😀${'b'.repeat(99_999)}c`];
  const kept = texts.map(keptText);
  expect(new Set(kept).size).toBe(3);
  for (const one of kept) {
    expect(one.length).toBeLessThanOrEqual(512);
    expect(one.startsWith(`${long}…`)).toBe(true);
    expect(/\p{Surrogate}/u.test(one)).toBe(false);
  }
  expect(keptText(texts[0] ?? '')).toBe(kept[0]);
});

test('a text that is not long is kept as it is', () => {
  const text = `${'a'.repeat(510)}😀`;
  expect(keptText(text)).toBe(text);
});
