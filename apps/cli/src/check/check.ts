import type { ConnectionCheck } from '@castellan/connector-sdk';
import { connectorOf } from '../connectors.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import type { Output } from '../output.js';
import { openSession, type SessionOptions } from '../session.js';

/** `castellan check okta --config F`: is everything there that a sync needs? */
export async function check(id: string, options: SessionOptions, output: Output, signal: AbortSignal): Promise<ExitCode> {
  const connector = await connectorOf(id);
  const session = await openSession(connector, options, output, signal);
  try {
    const report = await connector.testConnection(session.context);
    const ok = report.checks.every((row) => row.status !== 'failed');
    await output.json({ ok, ...report });
    for (const row of report.checks) output.say(line(row));
    output.say(
      ok ? `Connected to ${report.tenant?.displayName ?? connector.displayName}.` : 'Not ready: see the lines marked FAILED.',
    );
    return ok ? EXIT.ok : EXIT.failed;
  } finally {
    await session.close();
  }
}

function line({ name, status, message, error }: ConnectionCheck): string {
  const mark = { ok: 'ok     ', failed: 'FAILED ', skipped: 'skipped' }[status];
  const field = error?.field === undefined ? '' : `${error.field}: `;
  return `${mark} ${name.padEnd(32)} ${field}${error?.message ?? message ?? ''}`.trimEnd();
}
