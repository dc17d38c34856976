import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { stripVTControlCharacters } from 'node:util';
import type { PlantedRepository } from '../planted-repository.js';

/** A block of code of a page, by the words behind its language: what a reader does with it. */
export type Step =
  | { readonly does: 'write'; readonly path: string; readonly text: string }
  | { readonly does: 'run' | 'run and fail' | 'keep running'; readonly commands: string; shows: readonly string[] };

/**
 * The steps of a page, in its order: `write:PATH` is a whole file, `run` commands that end well, `run fails` ones that do not,
 * `terminal` one that goes on in a terminal of its own. `output` says lines of what the step before it has printed.
 * @throws Error for output of nothing: whoever wrote it meant a step that nobody runs
 */
export function stepsOf(markdown: string): readonly Step[] {
  const steps: Step[] = [];
  for (const [, info = '', text = ''] of markdown.matchAll(/^```\S+ (.*)\n([\s\S]*?)^```$/gm)) {
    const path = /^write:(\S+)$/.exec(info)?.[1];
    if (path !== undefined) steps.push({ does: 'write', path, text });
    else if (info === 'run') steps.push({ does: 'run', commands: text, shows: [] });
    else if (info === 'run fails') steps.push({ does: 'run and fail', commands: text, shows: [] });
    else if (info === 'terminal') steps.push({ does: 'keep running', commands: text, shows: [] });
    else if (info === 'output') {
      const last = steps.at(-1);
      if (last === undefined || last.does === 'write') throw new Error(`This output belongs to no command:\n${text}`);
      last.shows = text.trim().split('\n');
    } else if (!info.startsWith('file:')) throw new Error(`"${info}" says nothing about what to do with a block.`);
  }
  return steps;
}

/** Somebody who does what a page says, and compares. */
export class Reader {
  readonly #copy: PlantedRepository;
  readonly #terminals: ChildProcess[] = [];

  constructor(copy: PlantedRepository) {
    this.#copy = copy;
  }

  /** @throws Error with all that was printed, when a command ends otherwise than the page says, or does not print what it shows */
  async follow(step: Step): Promise<void> {
    if (step.does === 'write') return this.#copy.write(step.path, step.text);
    if (step.does === 'keep running') return this.#openTerminal(step.commands, step.shows);
    const { code, text } = this.#copy.spawn('bash', '-ec', step.commands);
    const printed = stripVTControlCharacters(text);
    if ((code === 0) !== (step.does === 'run'))
      throw new Error(`${step.commands} ended with ${code}:\n${printed.slice(-8_000)}`);
    compare(step.commands, printed, step.shows);
  }

  async end(): Promise<void> {
    for (const terminal of this.#terminals) {
      const ended = terminal.exitCode !== null || terminal.signalCode !== null || once(terminal, 'exit');
      terminal.kill();
      await ended;
    }
  }

  async #openTerminal(commands: string, shows: readonly string[]): Promise<void> {
    // `exec`: the shell becomes the program, so that ending the one ends the other.
    const terminal = spawn('bash', ['-ec', `exec ${commands}`], {
      cwd: this.#copy.folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#terminals.push(terminal);
    let printed = '';
    for await (const chunk of terminal.stderr) {
      printed += String(chunk);
      if (shows.every((line) => stands(line, printed))) return;
    }
    compare(commands, printed, shows);
  }
}

function compare(commands: string, printed: string, shows: readonly string[]): void {
  const missing = shows.filter((line) => !stands(line.trim(), printed));
  if (missing.length > 0) throw new Error(`${commands} does not print\n${missing.join('\n')}\n\nbut\n${printed.slice(-8_000)}`);
}

/** Not inside of a longer word or number: `250` does not stand in `1250`. */
function stands(line: string, printed: string): boolean {
  return new RegExp(`(?<!\\w)${line.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}(?!\\w)`).test(printed);
}
