import { type ConnectionReport, type Connector, type ConnectorErrorKind } from '@castellan/connector-sdk';
import type { Check } from '../suite/check.js';
import { withTrial } from '../suite/check.js';
import type { TrialOptions } from '../suite/trial.js';
import { few, hold } from '../suite/verdict.js';
import type { Rule } from '../wire/wire.js';

export const connectionTest: Check = {
  title: 'testConnection: a row for each stream or permission, the tenant named',
  run: async (bench) => {
    const first = await withTrial(bench, {}, (trial) => goodReport(trial.host().test(), trial.connector, trial.config));
    const again = await withTrial(bench, {}, (trial) => trial.host().test());
    const other = await withTrial(bench, { tenant: 'umbrella' }, (trial) => trial.host().test());
    hold(other.tenant?.id !== undefined, 'testConnection gives no tenant for another organisation.');
    // Where the provider has no id for it the address stands in, and every start here has another.
    const isAddress = /127\.0\.0\.1/.test(first.tenant?.id ?? '');
    hold(
      isAddress || first.tenant?.id === again.tenant?.id,
      'The tenant id is another one at the second test: a reconnect would be taken for another organisation.',
    );
    hold(
      first.tenant?.id !== other.tenant?.id,
      'Two organisations have the same tenant id: a reconnect could not tell them apart.',
    );
  },
};

async function goodReport(work: Promise<ConnectionReport>, connector: Connector, config: object): Promise<ConnectionReport> {
  const report = await work;
  const failed = report.checks.filter(({ status }) => status === 'failed');
  hold(
    failed.length === 0,
    `A connection that is good is said to be bad: ${few(failed.map(({ name, error }) => `${name} (${error?.message})`))}`,
  );
  hold(report.tenant !== null && report.tenant.id !== '', 'testConnection gives no tenant id.');
  for (const { name, requires } of connector.streamsOf(config)) {
    const named = (what: string): boolean => report.checks.some((row) => row.name.includes(what));
    hold(
      named(name) || requires.every(named),
      `testConnection has no row for stream ${name}, nor for each of: ${requires.join(', ')}.`,
    );
  }
  return report;
}

const answer = (status: number, body = '{}', headers: Record<string, string> = {}): Rule => {
  const answered = { status, headers: { 'content-type': 'application/json', ...headers }, body };
  return () => ({ kind: 'answer', answer: answered });
};

interface Trouble {
  readonly what: string;
  readonly rule: Rule;
  readonly kinds: readonly ConnectorErrorKind[];
  readonly limits?: TrialOptions['limits'];
}

const TROUBLES: readonly Trouble[] = [
  // `config`: who finds that the address is not one of the provider's cannot know more.
  { what: '401 to everything', rule: answer(401), kinds: ['auth', 'config'] },
  { what: '403 to everything', rule: answer(403), kinds: ['permission', 'config'] },
  { what: '500 to everything', rule: answer(500), kinds: ['transient'] },
  { what: 'no answer at all', rule: () => ({ kind: 'hang' }), kinds: ['transient'], limits: { idleMs: 100, totalMs: 200 } },
  { what: 'a connection that is cut', rule: () => ({ kind: 'reset' }), kinds: ['transient'] },
  {
    what: 'a page of HTML with status 200',
    rule: answer(200, '<html>Sign in</html>', { 'content-type': 'text/html' }),
    kinds: ['upstream', 'config'],
  },
];

export const connectionTroubles: Check = {
  title: 'testConnection: every trouble is a failed row of the right kind, with whose turn it is and what to do',
  run: async (bench) => {
    for (const { what, rule, kinds, limits } of TROUBLES) {
      await withTrial(bench, limits === undefined ? {} : { limits }, async (trial) => {
        trial.wire.rule = rule;
        const report = await trial
          .host()
          .test()
          .catch((error: unknown) => {
            hold(false, `testConnection throws at ${what}, where it should give a failed row: ${String(error)}`);
          });
        judge(report, what, kinds);
      });
    }
  },
};

/** Where nobody who connects a system can look. To ask the operator for something else is good advice; so is a page to log in. */
const OPERATORS_LOG =
  /\b(?:the|our|host's|server's|castellan's|operators?['’]?s?['’]?) logs?\b(?!-)|\blogs? of (?:the |your )?operator/i;

function judge({ checks }: ConnectionReport, what: string, kinds: readonly ConnectorErrorKind[]): void {
  const failed = checks.filter(({ status }) => status === 'failed');
  hold(failed.length > 0, `testConnection says that all is well at ${what}.`);
  const first = failed[0];
  const kind = first?.error?.kind;
  hold(
    kind !== undefined && kinds.includes(kind),
    `testConnection calls ${what} an error of kind "${kind}" (row "${first?.name}"), not "${kinds.join('" or "')}".`,
  );
  const mute = failed.find(
    ({ turn, todo, error }) => turn === undefined || (todo ?? '').trim() === '' || (error?.message ?? '').trim() === '',
  );
  hold(
    mute === undefined,
    `The failed row "${mute?.name}" at ${what} lacks "turn", "todo" or a message: nobody knows who has to do what.`,
  );
  const astray = failed.find(({ turn, todo }) => turn === 'you' && OPERATORS_LOG.test(todo ?? ''));
  hold(
    astray === undefined,
    `The failed row "${astray?.name}" at ${what} is the customer's turn and says "${astray?.todo}": a customer has no such log. Say what to mend, or use todoFor(error).`,
  );
  hold(
    failed.some(({ blocks }) => blocks === 'connection'),
    `At ${what} nothing can be read, and no failed row says blocks: 'connection'.`,
  );
}
