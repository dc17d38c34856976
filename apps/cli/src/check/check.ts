import { connectorOf } from '../connectors.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import type { Output } from '../output.js';
import { openSession, type SessionOptions } from '../session.js';
import { checkTable } from './check-table.js';

/** `castellan check ID --config F`: is everything there that a sync needs? */
export async function check(id: string, options: SessionOptions, output: Output, signal: AbortSignal): Promise<ExitCode> {
  const connector = await connectorOf(id);
  const session = await openSession(connector, options, output, signal);
  try {
    const report = await connector.testConnection(session.context);
    const failed = report.checks.filter((row) => row.status === 'failed').length;
    await output.json({ ok: failed === 0, hints: session.hints, ...report });
    for (const line of checkTable(report.checks, output.width, connector.displayName)) output.say(line);
    if (failed === 0) output.say(`Connected to ${report.tenant?.displayName ?? connector.displayName}.`);
    else output.say(`Not ready: ${failed} of ${report.checks.length} checks failed.`);
    return failed === 0 ? EXIT.ok : EXIT.failed;
  } finally {
    await session.close();
  }
}
