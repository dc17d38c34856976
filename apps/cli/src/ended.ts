import { ConnectorError } from '@castellan/connector-sdk';
import { EXIT, type ExitCode, UsageError } from './exit-code.js';
import type { Output } from './output.js';

/** The exit code of a command, whose failure is said in one line: a stack only helps who wrote the program. */
export async function ended(work: Promise<ExitCode>, output: Output, signal: AbortSignal): Promise<ExitCode> {
  try {
    return await work;
  } catch (error) {
    // Ctrl-C, or a reader that has seen enough.
    if (signal.aborted) return EXIT.failed;
    if (!(error instanceof UsageError)) {
      output.say(
        ConnectorError.is(error) ? error.message : `It failed: ${error instanceof Error ? error.message : String(error)}`,
      );
      return EXIT.failed;
    }
    if (error.report !== undefined) await output.json(error.report);
    output.say(error.message);
    return EXIT.invalid;
  }
}
