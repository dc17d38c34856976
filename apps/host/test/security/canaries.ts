import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Secrets by name, and places where none of them may stand. */
export class Canaries {
  readonly #secrets = new Map<string, readonly string[]>();

  /** @param spelled texts or bytes that give it away */
  add(name: string, ...spelled: readonly (string | Buffer)[]): void {
    const forms = spelled.flatMap((one) => formsOf(Buffer.from(one)));
    this.#secrets.set(name, [...(this.#secrets.get(name) ?? []), ...forms]);
  }

  get names(): readonly string[] {
    return [...this.#secrets.keys()];
  }

  /** Names of those that stand in a text, in whatever spelling. */
  foundIn(text: string): readonly string[] {
    return [...this.#secrets].filter(([, forms]) => forms.some((form) => text.includes(form))).map(([name]) => name);
  }

  /** `FILE: NAME` for every file below a folder. */
  foundBelow(folder: string): readonly string[] {
    return (
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .map((name) => join(folder, name))
        // The programs of the embedded server are those of the package.
        .filter((path) => !path.includes('/runtime-') && statSync(path, { throwIfNoEntry: false })?.isFile() === true)
        .flatMap((path) => this.foundIn(contentOf(path)).map((name) => `${path}: ${name}`))
    );
  }
}

/** The database makes and removes files of its own at any moment: one that is gone holds nothing. */
function contentOf(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch (error) {
    // No `instanceof`: an error of Node's own is of another realm than a test.
    if (Object(error).code === 'ENOENT') return '';
    throw error;
  }
}

/** As text, base64 (also inside a longer text, at each of its three offsets), base64url, hex, in a URL, in JSON. */
function formsOf(bytes: Buffer): readonly string[] {
  const text = bytes.toString();
  const isText = Buffer.from(text).equals(bytes);
  // Files are read byte by byte: there a character beyond ASCII is two.
  const texts = isText ? [text, bytes.toString('latin1'), encodeURIComponent(text), JSON.stringify(text).slice(1, -1)] : [];
  // JSON inside JSON, as log lines have it.
  const twice = isText ? [JSON.stringify(JSON.stringify(text)).slice(3, -3)] : [];
  const base64 = [0, 1, 2].map((offset) => {
    const coded = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    // The first and the last characters also depend on what stands beside it.
    return coded.slice(offset === 0 ? 0 : offset + 1, -2);
  });
  const base64url = base64.map((form) => form.replaceAll('+', '-').replaceAll('/', '_'));
  const hex = bytes.toString('hex');
  return [...new Set([...texts, ...twice, ...base64, ...base64url, hex, hex.toUpperCase()])];
}
