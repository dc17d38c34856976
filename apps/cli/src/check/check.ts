import { connectorOf } from '../connectors.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import type { Output } from '../output.js';
import { openSession, type SessionOptions } from '../session.js';
import { checkTable } from './check-table.js';
import { readiness } from './readiness.js';

/** `castellan check ID --config F`: is everything there that a sync needs? */
export async function check(id: string, options: SessionOptions, output: Output, signal: AbortSignal): Promise<ExitCode> {
  const connector = await connectorOf(id);
  const session = await openSession(connector, options, output, signal, { warns: false });
  try {
    const report = await connector.testConnection(session.context);
    const failed = report.checks.filter((row) => row.status === 'failed').length;
    await output.json({ ok: failed === 0, hints: session.hints, ...report });
    for (const line of checkTable(report.checks, output.width, connector.displayName)) output.say(line);
    if (failed === 0) {
      output.say(`Connected to ${report.tenant?.displayName ?? connector.displayName}.`);
      return EXIT.ok;
    }
    output.say(readiness(report.checks, connector.streamsOf(session.context.config)));
    if (options.verbose !== true) output.say('Run it again with --verbose to see the log.');
    return EXIT.failed;
  } finally {
    await session.close();
  }
}
