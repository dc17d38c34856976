import { join } from 'node:path';

const LOOKS = [
  ['light', 1280],
  ['dark', 1280],
  ['light', 360],
  ['dark', 360],
];

/** Takes each picture in every look. */
export class Album {
  #folder;
  #wanted;
  #isForReadme;
  taken = 0;

  constructor({ folder, wanted, isForReadme }) {
    this.#folder = folder;
    this.#wanted = wanted;
    this.#isForReadme = isForReadme;
  }

  /** @param readme whether the README shows it: wide and light only, and small */
  async take(page, name, { readme = false } = {}) {
    if (this.#isForReadme && !readme) return;
    if (!name.includes(this.#wanted)) return;
    for (const [scheme, width] of this.#isForReadme ? LOOKS.slice(0, 1) : LOOKS) {
      await page.emulateMedia({ colorScheme: scheme });
      await page.setViewportSize({ width, height: this.#isForReadme ? 720 : 800 });
      await page.evaluate(() => document.fonts.ready);
      // Two frames: what follows the width is laid out, and drawn.
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      const file = this.#isForReadme ? `${name}.png` : `${name}-${scheme}-${width}.png`;
      await page.screenshot({ path: join(this.#folder, file), animations: 'disabled', fullPage: !this.#isForReadme });
      this.taken += 1;
    }
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 1280, height: 800 });
  }
}
