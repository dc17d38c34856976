import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { type Comment, type Declaration as Syntax, parseSync } from 'oxc-parser';

export type DeclarationKind = 'interface' | 'type' | 'function' | 'const' | 'class';

/** Something that a source file declares at its top, as a reader of the reference sees it. */
export interface Declaration {
  readonly name: string;
  readonly kind: DeclarationKind;
  readonly isExported: boolean;
  /** The file's name, e.g. `stream.ts`. */
  readonly file: string;
  /** `<K extends RecordKind, Cursor extends Json>`, or nothing. */
  readonly typeParameters: string;
  /** Text behind `extends`, or nothing. */
  readonly heritage: string;
  /** The doc comment with its stars; `undefined` when there is none. */
  readonly comment: string | undefined;
  /** The declaration without a function's body, and without `export`. */
  readonly code: string;
  /** Of an interface or class. */
  readonly members: readonly Member[];
}

export interface Member {
  readonly name: string;
  /** As written, without `readonly`: `from: Cursor | undefined`, `send(request: HttpRequest): Promise<HttpResponse>`. */
  readonly signature: string;
  readonly comment: string | undefined;
}

/** @throws Error when the file is no TypeScript. */
export function declarationsOf(path: string): readonly Declaration[] {
  const text = readFileSync(path, 'utf8');
  const { program, comments, errors } = parseSync(path, text);
  if (errors[0] !== undefined) throw new Error(`${path}: ${errors[0].message}`);
  const source = new Source(text, basename(path), comments);
  return program.body.flatMap((statement) => {
    const isExported = statement.type === 'ExportNamedDeclaration';
    const syntax = isExported ? statement.declaration : statement;
    // Statements that declare nothing fall away by their type.
    const found = syntax === null ? undefined : source.declaration(syntax as Syntax, isExported, statement.start);
    return found === undefined ? [] : [found];
  });
}

/** The members of a type that is written out: `{ readonly multiline?: boolean }`. */
export function membersIn(literal: string): readonly Member[] {
  const text = `interface Literal ${literal}`;
  const { program, comments } = parseSync('literal.ts', text);
  const [syntax] = program.body;
  if (syntax?.type !== 'TSInterfaceDeclaration') throw new Error(`${literal} is no list of members.`);
  return new Source(text, '', comments).declaration(syntax, false, 0)?.members ?? [];
}

interface Span {
  readonly start: number;
  readonly end: number;
}

class Source {
  constructor(
    private readonly text: string,
    private readonly file: string,
    private readonly comments: readonly Comment[],
  ) {}

  declaration(syntax: Syntax, isExported: boolean, start: number): Declaration | undefined {
    const common = { isExported, file: this.file, comment: this.#commentBefore(start) };
    const head = (name: string, kind: DeclarationKind) => ({
      ...common,
      name,
      kind,
      typeParameters: '',
      heritage: '',
      members: [],
    });
    switch (syntax.type) {
      case 'TSInterfaceDeclaration': {
        const members = syntax.body.body.flatMap((member) => this.#interfaceMember(member));
        const heritage = syntax.extends.map((base) => this.#slice(base)).join(', ');
        const typeParameters = this.#slice(syntax.typeParameters);
        return { ...head(syntax.id.name, 'interface'), typeParameters, heritage, members, code: this.#slice(syntax) };
      }
      case 'TSTypeAliasDeclaration':
        return {
          ...head(syntax.id.name, 'type'),
          typeParameters: this.#slice(syntax.typeParameters),
          code: this.#slice(syntax),
        };
      case 'FunctionDeclaration': {
        const code = this.text.slice(syntax.start, syntax.body?.start ?? syntax.end).trim();
        return { ...head(syntax.id?.name ?? '', 'function'), code };
      }
      case 'VariableDeclaration': {
        const [variable] = syntax.declarations;
        return variable?.id.type === 'Identifier'
          ? { ...head(variable.id.name, 'const'), code: this.#slice(syntax) }
          : undefined;
      }
      case 'ClassDeclaration': {
        const members = syntax.body.body.flatMap((member) => this.#classMember(member));
        const heritage = this.#slice(syntax.superClass);
        const typeParameters = this.#slice(syntax.typeParameters);
        return { ...head(syntax.id?.name ?? '', 'class'), typeParameters, heritage, members, code: '' };
      }
      default:
        return undefined;
    }
  }

  #interfaceMember(member: Span & { readonly type: string }): readonly Member[] {
    const signature = this.#slice(member)
      .replace(/^readonly\s+/, '')
      .replace(/;$/, '');
    const name = /^['"]?([\w$]+)/.exec(signature)?.[1] ?? signature;
    return [{ name, signature, comment: this.#commentBefore(member.start) }];
  }

  #classMember(member: Span & { readonly type: string; readonly value?: unknown }): readonly Member[] {
    const whole = this.#slice(member);
    // A value or body is how it is done, not what it is; `#name` and `private` are nobody's business.
    if (/^(#|private\b|declare\b|readonly #|readonly \[)/.test(whole)) return [];
    const body = bodyOf(member);
    const signature = (body === undefined ? whole : this.text.slice(member.start, body.start))
      .replace(/^(abstract |override )?(readonly )?/, '')
      .replaceAll(/\s+/g, ' ')
      .replace(/;?\s*$/, '');
    const name = /^(?:static )?([\w$]+)/.exec(signature)?.[1] ?? signature;
    return [{ name, signature, comment: this.#commentBefore(member.start) }];
  }

  /** A doc comment belongs to what follows it with nothing but white space between. */
  #commentBefore(start: number): string | undefined {
    const comment = this.comments.findLast(({ end }) => end <= start);
    if (comment === undefined || comment.type !== 'Block' || !comment.value.startsWith('*')) return undefined;
    return this.text.slice(comment.end, start).trim() === '' ? `/*${comment.value}*/` : undefined;
  }

  #slice(span: Span | null | undefined): string {
    return span === null || span === undefined ? '' : this.text.slice(span.start, span.end);
  }
}

function bodyOf(member: Span & { readonly value?: unknown }): Span | undefined {
  const { value } = member;
  if (typeof value !== 'object' || value === null || !('body' in value)) return undefined;
  // The body of a function expression is a node like every other.
  return (value.body ?? undefined) as Span | undefined;
}
