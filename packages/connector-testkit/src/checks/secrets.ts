import { type Check, withTrial } from '../suite/check.js';
import { fullRun } from '../suite/full-run.js';
import type { MemoryHost } from '../host/memory-host.js';
import type { Trial } from '../suite/trial.js';
import { hold } from '../suite/verdict.js';
import type { Rule, WireRequest } from '../wire/wire.js';

export const noSecrets: Check = {
  title: 'no secret in any log line, error, report or record',
  run: (bench) =>
    withTrial(bench, {}, async (trial) => {
      hold(trial.secrets.length > 0, 'Neither the settings nor the upstream have a secret: there is nothing that could leak.');
      const host = await fullRun(trial);
      judge(trial, host, 'an undisturbed run');
      const sent = sentSecrets(trial);
      const tested = trial.host();
      await tested.test();
      judge(trial, tested, 'a connection test', sent);
      for (const [what, rule] of ECHOES) {
        trial.wire.reset(rule);
        const disturbed = trial.host();
        await disturbed.run();
        judge(trial, disturbed, `a run whose provider answers ${what}`, sent);
        await disturbed.test().catch((error: unknown) => disturbed.recorder.note('an error of testConnection', error));
        judge(trial, disturbed, `a test whose provider answers ${what}`, sent);
        await actions(trial, disturbed);
        judge(trial, disturbed, `an action whose provider answers ${what}`, sent);
        trial.wire.reset();
      }
    }),
};

/** A provider that quotes what it was sent, as proxies and debug modes do. */
const ECHOES: readonly (readonly [string, Rule])[] = [400, 401, 403, 500].map((status) => [
  `${status} and quotes the request`,
  (request) => ({
    kind: 'answer',
    answer: { status, headers: { 'content-type': 'application/json' }, body: quoting(request) },
  }),
]);

function quoting({ headers, body, query }: WireRequest): string {
  const text = `${JSON.stringify(headers)} ${body} ${query}`;
  return JSON.stringify({ error: 'invalid_request', error_description: text, errorSummary: text, detail: text, message: text });
}

/** Credentials as they went over the wire: derived tokens, proofs, pairs in base64. */
function sentSecrets({ wire }: Trial): readonly string[] {
  const found = wire.trace.flatMap(({ request }) => {
    const value = request.headers['authorization'];
    const token = value?.split(' ').slice(1).join(' ');
    return token === undefined || token.length < 6 ? [] : [token];
  });
  return [...new Set(found)];
}

function judge({ secrets }: Trial, host: MemoryHost, when: string, sent: readonly string[] = []): void {
  const where = host.recorder.whereSaid([...secrets, ...sent]);
  hold(where === undefined, `In ${when} a secret stands in ${where}.`);
}

async function actions(trial: Trial, host: MemoryHost): Promise<void> {
  for (const { name } of trial.connector.actions) {
    const input = trial.upstream.actions?.[name]?.input;
    // That it fails is certain; what it says while it fails is what is judged.
    if (input !== undefined) await host.act(name, input).catch(() => undefined);
  }
}
