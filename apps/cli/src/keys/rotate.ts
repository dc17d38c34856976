import { withHostDatabase } from '../database/host-database.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import type { Output } from '../output.js';
import { RotationBar } from './rotation-bar.js';

/** `castellan keys rotate`: from the key in use to a new one. Killed or stopped, it goes on when it is called again. */
export async function rotateKeys(output: Output, signal: AbortSignal): Promise<ExitCode> {
  const bar = new RotationBar(output, process.stderr.isTTY ? process.stderr : undefined);
  try {
    const result = await withHostDatabase(process.env, process.cwd(), output, (storage) =>
      storage.rotateKeys({ onProgress: (progress) => bar.see(progress), signal }),
    );
    bar.end();
    const { from, to, rewrapped, advice } = result;
    await output.json({ type: 'done', from, to, rewrapped });
    if (from === null) output.say(`Everything is sealed with the key ${to} already.`);
    else output.say(`${rewrapped} keys were sealed again with the key ${to}; the key ${from} is retired.`);
    output.say(advice);
    return EXIT.ok;
  } catch (error) {
    bar.end();
    if (signal.aborted) output.say('Stopped. Nothing is lost, both keys are needed: run it again to go on.');
    throw error;
  }
}
