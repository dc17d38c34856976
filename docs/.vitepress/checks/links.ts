import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/** What one page of the built site offers and asks for. */
interface BuiltPage {
  readonly anchors: ReadonlySet<string>;
  /** Of links, images, scripts and styles, as written. */
  readonly targets: readonly { readonly tag: string; readonly target: string }[];
}

/** The built site, as a browser would find it. */
export class BuiltSite {
  readonly #files: ReadonlySet<string>;
  readonly #pages: ReadonlyMap<string, BuiltPage>;

  constructor(folder: string) {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => file.replaceAll('\\', '/'));
    this.#files = new Set(files);
    const pages = files.filter((file) => file.endsWith('.html'));
    this.#pages = new Map(pages.map((file) => [file, readPage(readFileSync(join(folder, file), 'utf8'))]));
  }

  /** Links within the site that lead to nothing, anchors included: `a.html: b.html#c`. */
  deadLinks(): readonly string[] {
    return this.#each((page, { target }) => {
      if (isOutside(target)) return false;
      const [path = '', anchor = ''] = target.split('#', 2);
      const file = path === '' ? page : fileOf(path, page);
      const shown = this.#pages.get(file);
      if (shown === undefined) return !this.#files.has(file);
      return anchor !== '' && !shown.anchors.has(decodeURIComponent(anchor));
    });
  }

  /** Scripts, styles and pictures from elsewhere: whoever reads the documentation tells nobody. */
  outsideResources(): readonly string[] {
    return this.#each((_, { tag, target }) => tag !== 'a' && isOutside(target) && !target.startsWith('data:'));
  }

  #each(isBad: (page: string, one: BuiltPage['targets'][number]) => boolean): readonly string[] {
    const found = [...this.#pages].flatMap(([page, { targets }]) =>
      targets.filter((one) => isBad(page, one)).map(({ target }) => `${page}: ${target}`),
    );
    return [...new Set(found)];
  }
}

function readPage(html: string): BuiltPage {
  const anchors = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id = '']) => unescapeHtml(id));
  const targets = [...html.matchAll(/<(a|img|link|script|source|iframe)\s([^>]*)>/g)].flatMap(([, tag = '', attributes = '']) =>
    [...attributes.matchAll(/\b(?:href|src)="([^"]*)"/g)].map(([, target = '']) => ({ tag, target: unescapeHtml(target) })),
  );
  return { anchors: new Set(anchors), targets };
}

function isOutside(target: string): boolean {
  return /^([a-z][a-z0-9+.-]*:|\/\/)/i.test(target);
}

/** The file that a server gives for a path. */
function fileOf(path: string, page: string): string {
  const plain = path.replace(/\?.*$/, '');
  const full = plain.startsWith('/') ? plain.slice(1) : posix.join(posix.dirname(page), plain);
  return full === '' || full === '.' || full.endsWith('/') ? posix.join(full, 'index.html') : decodeURIComponent(full);
}

function unescapeHtml(text: string): string {
  return text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
