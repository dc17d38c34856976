import type { Readable } from 'node:stream';
import { isDamaged, utf8Of } from './open-input.js';
import { type Input, LARGEST, ValueSplitter } from './value-splitter.js';

/** What came together. */
interface Came {
  readonly inputs: readonly Input[];
  /** So much of the input they are at most. */
  readonly bytes: number;
}

/**
 * Events as JSON Lines, as a JSON list, or one behind the other over any lines, as they come: so many at a time as come together.
 * What is no JSON is told with its line, and the rest is read on.
 * @throws UsageError nobody can read lines of it
 */
export async function* readInput(stream: Readable): AsyncGenerator<Came> {
  const splitter = new ValueSplitter();
  let bytes = 0;
  let damage: readonly Input[] = [];
  try {
    for await (const piece of utf8Of(stream)) {
      const inputs = splitter.push(piece);
      bytes += piece.length;
      if (inputs.length === 0) continue;
      yield { inputs, bytes: Math.min(bytes, inputs.length * LARGEST) };
      bytes = 0;
    }
  } catch (error) {
    if (!isDamaged(error)) throw error;
    damage = [
      { place: 'the compressed input', problem: 'it is damaged, or was cut off: what stands behind that is not looked at' },
    ];
  }
  yield { inputs: [...splitter.end(), ...damage], bytes };
}
