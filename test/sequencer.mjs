import Sequencer from '@jest/test-sequencer';

/** Their suites start programs and wait for them: one that began last would leave the other workers without work. */
const FIRST = ['repository', 'apps/cli', 'packages/storage', 'apps/host'];

function rank({ context }) {
  const at = FIRST.indexOf(context.config.displayName?.name);
  return at < 0 ? FIRST.length : at;
}

/** The longest first, as far as that is known on a machine that has run nothing yet. */
export default class extends Sequencer {
  sort(tests) {
    // oxlint-disable-next-line unicorn/no-array-sort -- Jest's own, not an array's
    return super.sort(tests).toSorted((one, other) => rank(one) - rank(other));
  }
}
