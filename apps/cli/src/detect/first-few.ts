import type { Output } from '../output.js';

const MOST = 10;

/** Says the first few of many, so that a file that is wrong throughout does not bury what else is said. */
export class FirstFew {
  #count = 0;

  constructor(private readonly output: Output) {}

  get count(): number {
    return this.#count;
  }

  say(text: string): void {
    this.#count += 1;
    if (this.#count <= MOST) this.output.say(text);
  }

  /** Says how many were left out. @param what they are: `lines` */
  sayRest(what: string): void {
    if (this.#count > MOST) this.output.say(`… and ${this.#count - MOST} more ${what}.`);
  }
}
