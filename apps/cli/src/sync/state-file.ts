import { readFile, rename, writeFile } from 'node:fs/promises';
import type { Json, Progress, StreamInfo } from '@castellan/connector-sdk';
import { UsageError } from '../exit-code.js';

interface StreamState {
  /** Listed to its end in the pass that is under way. */
  readonly done?: boolean;
  /** The position after the last page written, or for a stream of changes where the next run goes on. */
  readonly position?: Json;
}

/**
 * Where a sync without a database stands: `{ "version": 1, "connector": "acme", "streams": { "accounts": { "done": true } } }`.
 * Written after each page that went to stdout, so a record may be written twice after a cut, but none is left out.
 */
export class StateFile {
  readonly #path: string | undefined;
  readonly #connector: string;
  readonly #settings: string;
  readonly #streams: Map<string, StreamState>;

  private constructor(path: string | undefined, connector: string, settings: string, streams: Map<string, StreamState>) {
    this.#path = path;
    this.#connector = connector;
    this.#settings = settings;
    this.#streams = streams;
  }

  /**
   * @param settings a fingerprint of them without their secrets: a position means nothing in another organisation.
   * @throws UsageError when the file is there but is no state of this connector with these settings.
   */
  static async open(path: string | undefined, connector: string, settings: string): Promise<StateFile> {
    if (path === undefined) return new StateFile(undefined, connector, settings, new Map());
    const text = await readFile(path, 'utf8').catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
      throw new UsageError(`The state file ${path} cannot be read.`);
    });
    const streams = text === undefined ? new Map<string, StreamState>() : parse(path, connector, settings, text);
    const state = new StateFile(path, connector, settings, streams);
    // A file that cannot be written is better found now than after the first page.
    await state.#save();
    return state;
  }

  isDone(stream: string): boolean {
    return this.#streams.get(stream)?.done === true;
  }

  position(stream: string): Json | undefined {
    return this.#streams.get(stream)?.position;
  }

  async advance(stream: Pick<StreamInfo, 'name' | 'semantics'>, progress: Progress): Promise<void> {
    // What a complete listing leaves is for a host that reads parts of it again; the next listing begins afresh.
    const goesOn = progress.done && stream.semantics === 'changes' && progress.resumeFrom !== undefined;
    if (!progress.done) this.#streams.set(stream.name, { position: progress.cursor });
    else this.#streams.set(stream.name, { done: true, ...(goesOn && { position: progress.resumeFrom }) });
    await this.#save();
  }

  /** All streams are through: the next run lists everything again, and reads on where streams of changes ended. */
  async endPass(): Promise<void> {
    for (const [stream, { position }] of this.#streams) {
      if (position === undefined) this.#streams.delete(stream);
      else this.#streams.set(stream, { position });
    }
    await this.#save();
  }

  async #save(): Promise<void> {
    if (this.#path === undefined) return;
    const state = {
      version: 1,
      connector: this.#connector,
      settings: this.#settings,
      streams: Object.fromEntries(this.#streams),
    };
    // Written beside and renamed: a cut in the middle leaves the old state, never half of one.
    const beside = `${this.#path}.${process.pid}.tmp`;
    try {
      await writeFile(beside, `${JSON.stringify(state)}\n`, { mode: 0o600 });
      await rename(beside, this.#path);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
      throw new UsageError(
        `The state file ${this.#path} cannot be written (${code}). Name a file in a folder that exists and has room.`,
      );
    }
  }
}

function parse(path: string, connector: string, settings: string, text: string): Map<string, StreamState> {
  const refuse = (why: string) => new UsageError(`The state file ${path} ${why} Delete it to start afresh.`);
  let state: unknown;
  try {
    state = JSON.parse(text);
  } catch {
    throw refuse('is not JSON.');
  }
  if (typeof state !== 'object' || state === null || !('version' in state) || state.version !== 1)
    throw refuse('was not written by this version.');
  if (!('connector' in state) || state.connector !== connector) throw refuse(`is not one of the connector "${connector}".`);
  if (!('settings' in state) || state.settings !== settings)
    throw refuse('belongs to another organisation or to other settings; name another file with --state.');
  if (!('streams' in state) || typeof state.streams !== 'object' || state.streams === null) throw refuse('names no streams.');
  return new Map(Object.entries(state.streams));
}
