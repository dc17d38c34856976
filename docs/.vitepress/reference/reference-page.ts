import type { Chapter } from './contract.js';
import type { Declaration } from './declarations.js';
import { type CommentText, readComment } from './doc-comment.js';
import { escapeHtml, memberList, signatureHtml } from './member-list.js';

/** The pages of the reference as Markdown, and what is wrong with the comments that they are made of. */
export class Reference {
  readonly problems: string[] = [];
  /** Page and anchor of each name. */
  readonly #places: ReadonlyMap<string, { readonly page: string; readonly anchor: string }>;

  constructor(private readonly chapters: readonly Chapter[]) {
    this.#places = new Map(
      chapters.flatMap(({ topic, declarations }) =>
        declarations.map(({ name }) => [name, { page: topic.name, anchor: name.toLowerCase() }] as const),
      ),
    );
  }

  page({ topic, declarations }: Chapter): string {
    const title = `# ${topic.title}\n\n${topic.lead}`;
    const from = `From \`@castellan/${topic.package}\`.`;
    return [title, from, ...declarations.map((declaration) => this.#section(topic.name, declaration))].join('\n\n');
  }

  #section(page: string, declaration: Declaration): string {
    const { name, kind, isExported, members, file } = declaration;
    const comment = this.#comment(declaration.comment, `${file}: ${name}`);
    return [
      `## ${name}`,
      isExported ? '' : '*Not exported: what others here have in common.*',
      comment.summary,
      kind === 'interface' || kind === 'class' ? this.#head(page, declaration) : fenced(declaration.code),
      members.length === 0 ? '' : this.#members(page, declaration),
      ...this.#notes(comment),
    ]
      .filter((part) => part !== '')
      .join('\n\n');
  }

  /** What an interface or class is made with; nothing when the heading has said all. */
  #head(page: string, { kind, name, typeParameters, heritage }: Declaration): string {
    if (typeParameters === '' && heritage === '') return '';
    const text = `${kind} ${name}${typeParameters}${heritage === '' ? '' : ` extends ${heritage}`}`;
    return `<p class="signature"><code v-pre>${this.#code(page, text)}</code></p>`;
  }

  #members(page: string, { name: owner, members, file }: Declaration): string {
    return memberList(
      members.map((member) => {
        const comment = this.#comment(member.comment, `${file}: ${owner}.${member.name}`);
        const meaning = [comment.summary, ...this.#notes(comment)].filter((part) => part !== '').join('\n\n');
        return { code: this.#code(page, member.signature, member.name), meaning };
      }),
    );
  }

  #notes({ parameters, throws }: CommentText): readonly string[] {
    return [...parameters.map(({ name, text }) => `\`${name}\`: ${text}`), ...throws.map((text) => `**Throws** ${text}`)];
  }

  #comment(text: string | undefined, owner: string): CommentText {
    const comment = readComment(text, (name) => this.#place(name));
    this.problems.push(...comment.problems.map((problem) => `${owner}: ${problem}`));
    return comment;
  }

  /** For Markdown: `streams.md#page`. */
  #place(name: string): string | undefined {
    const place = this.#places.get(name.split('.')[0] ?? '');
    return place === undefined ? undefined : `${place.page}.md#${place.anchor}`;
  }

  /** Code on one line, in which the types of this reference are links. */
  #code(page: string, code: string, name = ''): string {
    return signatureHtml(name, code, (word) => {
      const place = this.#places.get(word);
      if (place === undefined || !isType(word)) return escapeHtml(word);
      const href = place.page === page ? `#${place.anchor}` : `./${place.page}.html#${place.anchor}`;
      return `<a href="${href}">${word}</a>`;
    });
  }
}

/** Functions and constants are no types; a member may have the name of one. */
function isType(word: string): boolean {
  return /^[A-Z].*[a-z]/.test(word);
}

function fenced(code: string): string {
  return `\`\`\`ts\n${code}\n\`\`\``;
}
