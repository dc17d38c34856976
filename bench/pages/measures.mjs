/** What is measured inside of a page: by its own clock, from the input on to the picture. */

/** Runs in the page, before anything else of it. */
export function instruments() {
  const painted = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
  /** Milliseconds until it is true and drawn. */
  const until = async (began, isTrue, timeoutMs = 30_000) => {
    while (!isTrue()) {
      if (performance.now() - began > timeoutMs) throw new Error(`not seen in time: ${isTrue}`);
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    await painted();
    return performance.now() - began;
  };
  const scroller = () => document.querySelector('[role=grid]').parentElement;
  /** Rows with something in them, of those that lie within the frame. */
  const filled = () => {
    const grid = document.querySelector('[role=grid]');
    if (grid === null) return false;
    const { top, bottom } = grid.parentElement.getBoundingClientRect();
    const rows = [...grid.querySelectorAll('[role=row][data-index]')].filter((row) => {
      const { top: from, bottom: to } = row.getBoundingClientRect();
      return to > top + 36 && from < bottom;
    });
    return rows.length > 5 && rows.every((row) => row.firstElementChild.textContent !== '');
  };
  const frames = async (seconds, step) => {
    const times = [];
    const began = performance.now();
    for (let now = began; now - began < seconds * 1000; ) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      now = performance.now();
      times.push(now);
      step((now - began) / (seconds * 1000));
    }
    const gaps = times.slice(1).map((time, index) => time - times[index]);
    return { fps: Math.round((gaps.length * 1000) / (times.at(-1) - times[0])), longestMs: Math.round(Math.max(...gaps)) };
  };
  const follow = async (path) => {
    const began = performance.now();
    document.querySelector(`nav a[href="${path}"]`).click();
    return until(began, filled);
  };
  const jump = async (share) => {
    const began = performance.now();
    scroller().scrollTop = scroller().scrollHeight * share;
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    return until(began, filled);
  };
  /** The scroll bar, from one end to the other. */
  const drag = (seconds) => frames(seconds, (share) => (scroller().scrollTop = scroller().scrollHeight * share));
  const watch = (seconds) => frames(seconds, () => undefined);
  /** From the key on, that is with the rest that the box waits for the next key. */
  const search = async (text) => {
    const box = document.querySelector('input[type=search]');
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
    const began = performance.now();
    set.call(box, text);
    box.dispatchEvent(new Event('input', { bubbles: true }));
    const first = () => document.querySelector('[role=row][data-index="0"]')?.textContent ?? '';
    return until(began, () => first().includes(text));
  };
  globalThis.instruments = { follow, jump, drag, watch, search, filled, until };
}

export const median = (times) => Math.round(times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)]);
export const p95 = (times) => Math.round(times.toSorted((a, b) => a - b)[Math.ceil(times.length * 0.95) - 1]);
