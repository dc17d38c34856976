import type { AuditFault, AuditHead, Storage } from '@castellan/storage';
import { withHostDatabase } from '../database/host-database.js';
import { EXIT, type ExitCode, UsageError } from '../exit-code.js';
import type { Output } from '../output.js';

export interface VerifyOptions {
  readonly anchor?: string;
  readonly json?: boolean;
}

const FAULTS: Readonly<Record<AuditFault, string>> = {
  edited: 'is not what was written there: it was changed, put in, or moved',
  removed: 'is missing',
  out_of_order: 'does not follow the row before it',
  cut: 'and what came after it are missing at the end',
  head: 'is where the log should end, but the table audit_head says something else',
  anchor: 'is not the row that the anchor was taken from: the log was put back and written anew',
};

/** `castellan audit verify`: exit 0 all good, 1 a bad row, which is named, 2 the anchor is none. */
export async function verifyAudit(options: VerifyOptions, output: Output, signal: AbortSignal): Promise<ExitCode> {
  const { anchorText, readAnchor } = await import('@castellan/storage');
  const anchor = options.anchor === undefined ? undefined : requireAnchor(readAnchor(options.anchor));
  const read = (storage: Storage) => storage.audit.verify({ anchor, signal });
  const verdict = await withHostDatabase(process.env, process.cwd(), output, read, { asReader: true });
  if (verdict.ok) {
    const head = anchorText(verdict.head);
    if (options.json === true) await output.json({ ok: true, rows: verdict.rows, head });
    output.say(`${verdict.rows} rows, all good, head ${head}`);
    return EXIT.ok;
  }
  if (options.json === true) await output.json(verdict);
  output.say(`Row ${verdict.seq} ${FAULTS[verdict.reason]}.`);
  return EXIT.failed;
}

function requireAnchor(anchor: AuditHead | undefined): AuditHead {
  if (anchor !== undefined) return anchor;
  throw new UsageError('--anchor must look like SEQ:MAC, as the lines "audit anchor" of the host\'s log show it.');
}
