import {
  type DocBlock,
  type DocCodeSpan,
  type DocComment,
  type DocErrorText,
  type DocEscapedText,
  type DocFencedCode,
  type DocHtmlEndTag,
  type DocHtmlStartTag,
  type DocInheritDocTag,
  type DocLinkTag,
  type DocNode,
  DocNodeKind,
  type DocParamBlock,
  type DocPlainText,
  TSDocMessageId,
  TSDocParser,
} from '@microsoft/tsdoc';

/** A doc comment as Markdown. */
export interface CommentText {
  readonly summary: string;
  readonly parameters: readonly { readonly name: string; readonly text: string }[];
  /** One for each `@throws`. */
  readonly throws: readonly string[];
  /** What is not TSDoc, in the parser's words. */
  readonly problems: readonly string[];
}

/** Where the reference shows a name: `Page`, `Connector.makeKeyPair`; `undefined` when it does not. */
export type FindPlace = (name: string) => string | undefined;

/** Writing that the parser would have otherwise, and reads all the same. */
const FORGIVEN: readonly string[] = [
  TSDocMessageId.ParamTagMissingHyphen,
  TSDocMessageId.EscapeGreaterThan,
  TSDocMessageId.EscapeRightBrace,
  TSDocMessageId.MalformedInlineTag,
];

const NOTHING: CommentText = { summary: '', parameters: [], throws: [], problems: [] };

/** @param comment with its stars, as it stands in the source */
export function readComment(comment: string | undefined, placeOf: FindPlace): CommentText {
  if (comment === undefined) return NOTHING;
  const { docComment, log } = new TSDocParser().parseString(comment);
  const problems = log.messages
    .filter(({ messageId }) => !FORGIVEN.includes(messageId))
    .map(({ unformattedText }) => unformattedText);
  const writer = new Writer(placeOf, problems);
  const throws = docComment.customBlocks.filter((block) => nameOf(block) === '@THROWS');
  for (const block of otherBlocks(docComment)) problems.push(`${nameOf(block)} is not shown`);
  return {
    summary: writer.text(docComment.summarySection),
    parameters: docComment.params.blocks.map((block: DocParamBlock) => ({
      name: block.parameterName,
      text: writer.text(block.content),
    })),
    throws: throws.map((block) => writer.text(block.content)),
    problems,
  };
}

function nameOf(block: DocBlock): string {
  return block.blockTag.tagNameWithUpperCase;
}

/** What this repository does not use: better refused than left out unseen. */
function otherBlocks(comment: DocComment): readonly DocBlock[] {
  const known = [comment.remarksBlock, comment.returnsBlock, comment.deprecatedBlock, ...comment.seeBlocks];
  const custom = comment.customBlocks.filter((block) => nameOf(block) !== '@THROWS');
  return [...known.filter((block) => block !== undefined), ...custom];
}

class Writer {
  constructor(
    private readonly placeOf: FindPlace,
    private readonly problems: string[],
  ) {}

  text(node: DocNode): string {
    return this.#write(node).trim();
  }

  // The casts below: a node's kind says its class, which the library's types do not connect.
  #write(node: DocNode): string {
    switch (node.kind) {
      case DocNodeKind.PlainText:
        return escaped((node as DocPlainText).text);
      case DocNodeKind.EscapedText:
        return escaped((node as DocEscapedText).decodedText);
      case DocNodeKind.ErrorText:
        return escaped((node as DocErrorText).text);
      case DocNodeKind.HtmlStartTag:
        return escaped((node as DocHtmlStartTag).emitAsHtml());
      case DocNodeKind.HtmlEndTag:
        return escaped((node as DocHtmlEndTag).emitAsHtml());
      case DocNodeKind.SoftBreak:
        return ' ';
      case DocNodeKind.CodeSpan:
        return `\`${(node as DocCodeSpan).code}\``;
      case DocNodeKind.FencedCode:
        return `\n\n\`\`\`${(node as DocFencedCode).language}\n${(node as DocFencedCode).code}\`\`\`\n\n`;
      case DocNodeKind.LinkTag:
        return this.#link(node as DocLinkTag);
      case DocNodeKind.InheritDocTag:
        this.problems.push(`${(node as DocInheritDocTag).tagName} is not shown`);
        return '';
      case DocNodeKind.Paragraph:
        return `${this.#children(node)}\n\n`;
      default:
        return this.#children(node);
    }
  }

  #children(node: DocNode): string {
    return node
      .getChildNodes()
      .map((child) => this.#write(child))
      .join('');
  }

  #link({ codeDestination, urlDestination, linkText }: DocLinkTag): string {
    if (urlDestination !== undefined) return `[${linkText ?? urlDestination}](${urlDestination})`;
    const name = codeDestination?.emitAsTsdoc() ?? '';
    const place = this.placeOf(name);
    if (place === undefined) this.problems.push(`{@link ${name}} leads nowhere`);
    return place === undefined ? `\`${name}\`` : `[\`${name}\`](${place})`;
  }
}

/** Text of a comment is text: what Markdown or Vue would take for more is written so that they do not. */
function escaped(text: string): string {
  return text.replaceAll('<', '&lt;').replaceAll('{', '&#123;').replaceAll('*', '\\*').replaceAll('_', '\\_');
}
