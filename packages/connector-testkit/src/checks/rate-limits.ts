import { type Check, withTrial } from '../suite/check.js';
import { fullRun, stoppedText } from '../suite/full-run.js';
import type { Trial } from '../suite/trial.js';
import { few, hold } from '../suite/verdict.js';
import type { Rule } from '../wire/wire.js';

type Headers = () => Readonly<Record<string, string>>;

/** A 429 in the ways that providers say it. All but the last end soon, so a run gets over them. */
const KINDS: readonly (readonly [string, Headers])[] = [
  ['with Retry-After in seconds', () => ({ 'retry-after': '0' })],
  ['with Retry-After as a date', () => ({ 'retry-after': new Date().toUTCString() })],
  ['without any header', () => ({})],
  [
    'with x-rate-limit headers',
    () => ({
      'x-rate-limit-limit': '600',
      'x-rate-limit-remaining': '0',
      'x-rate-limit-reset': `${Math.floor(Date.now() / 1_000)}`,
      date: new Date().toUTCString(),
    }),
  ],
  [
    'for too many at once (limit 0)',
    () => ({ 'x-rate-limit-limit': '0', 'x-rate-limit-remaining': '0', 'x-rate-limit-reset': '0' }),
  ],
];

export const rateLimits: Check = {
  title: 'a 429 of every kind is waited for, and costs no record',
  run: (bench) =>
    withTrial(bench, {}, async (trial) => {
      const whole = await fullRun(trial);
      for (const [what, headers] of KINDS) {
        // One request for each path: the connector meets it in every place that it asks.
        const paths = new Set<string>();
        trial.wire.reset(({ path }) => {
          if (paths.has(path)) return undefined;
          paths.add(path);
          return { kind: 'answer', answer: { status: 429, headers: headers(), body: '{}' } };
        });
        const host = trial.host();
        await host.run();
        hold(
          host.stopped.length === 0,
          `A 429 ${what} stops ${few(host.stopped.map(stoppedText))}, where it should be waited for.`,
        );
        const differences = host.rows.differencesFrom(whole.rows, steadyStreams(trial));
        hold(differences.length === 0, `A 429 ${what} changes what is read: ${few(differences)}`);
      }
      await longWait(trial);
    }),
};

const LONG_SECONDS = 3_600;

/** Longer than a run may wait: it ends, and says when it is worth going on. */
async function longWait(trial: Trial): Promise<void> {
  const rule: Rule = () => ({
    kind: 'answer',
    answer: { status: 429, headers: { 'retry-after': `${LONG_SECONDS}` }, body: '{}' },
  });
  trial.wire.reset(rule);
  const host = trial.host();
  const before = Date.now();
  await host.run();
  hold(host.stopped.length > 0, 'A 429 that asks for an hour does not stop the run: it would hold its place for an hour.');
  const wrong = host.stopped.find(({ error }) => error.kind !== 'rate_limit');
  hold(
    wrong === undefined,
    `A 429 that asks for an hour stops ${wrong === undefined ? '' : stoppedText(wrong)}, which is not of kind "rate_limit".`,
  );
  const at = Date.parse(host.stopped[0]?.error.retryAt ?? '');
  hold(
    Math.abs(at - before - LONG_SECONDS * 1_000) < 120_000,
    `A 429 that asks for an hour gives retryAt ${host.stopped[0]?.error.retryAt}, which is not in an hour.`,
  );
}

function steadyStreams({ connector }: Trial): readonly string[] {
  return connector.streams.flatMap(({ name, semantics }) => (semantics === 'snapshot' ? [name] : []));
}
