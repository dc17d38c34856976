import { secretValues } from '@castellan/sync-engine';
import { connectorOf } from '../connectors.js';
import type { ExitCode } from '../exit-code.js';
import type { Output } from '../output.js';
import { openSession, type SessionOptions } from '../session.js';
import { syncOver } from '../sync/sync.js';
import { Recording } from './recording.js';
import { RecordingFolder } from './recording-folder.js';

export interface RecordOptions extends SessionOptions {
  readonly out: string;
  /** Names separated by commas. */
  readonly streams?: string;
  /** Names of fields whose values stay as they are. */
  readonly keep?: readonly string[];
}

/**
 * `castellan record ID --config F --out FOLDER`: a sync whose answers become fixtures for tests, without secrets and with
 * pseudonyms for people. What it was answered until it failed is written, too: tests of failures need that.
 */
export async function record(id: string, options: RecordOptions, output: Output, signal: AbortSignal): Promise<ExitCode> {
  const connector = await connectorOf(id);
  const folder = await RecordingFolder.at(options.out);
  const session = await openSession(connector, options, output, signal, { observed: true });
  const aliases = session.substitute === undefined ? [] : [session.substitute.origin];
  const recording = new Recording(secretValues(connector.config, session.context.config), new Set(options.keep ?? []), aliases);
  session.onExchange = (exchange) => recording.see(exchange);
  // Records of people are not for the screen here.
  const silent: Output = { ...output, width: output.width, json: async () => undefined };
  const code = await syncOver(session, options, silent, signal);
  if (signal.aborted) {
    output.say('Stopped: nothing was written.');
    return code;
  }
  const files = recording.files();
  await folder.write(id, files);
  await output.json({ folder: options.out, requests: files.size });
  output.say(
    `Recorded: ${files.size} requests in ${options.out}. Look through them before you share them: see "castellan record" in apps/cli/README.md.`,
  );
  return code;
}
