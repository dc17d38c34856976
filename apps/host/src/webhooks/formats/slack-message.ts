import { eventWords, type NamedEvent } from './event-words.js';

/** What an incoming webhook of Slack, and of those that take the same, wants. */
export interface SlackMessage {
  /** For notifications, and for those that show no blocks. */
  readonly text: string;
  readonly blocks: readonly object[];
}

/** Names of others are in it: nothing of them may be a mention, a link or a command. */
export function slackMessage(event: NamedEvent, publicUrl: string | undefined): SlackMessage {
  const { title, facts, link } = eventWords(event, publicUrl);
  const lines = facts.map(([name, value]) => `${name}: ${escaped(value)}`);
  const more = link === null ? [] : [`<${escaped(link)}|Open in Castellan>`];
  return {
    text: escaped(title),
    blocks: [section([`*${escaped(title)}*`, ...lines, ...more].join('\n'))],
  };
}

/** `verbatim`: what looks like an address or a channel in a name stays text. */
function section(text: string): object {
  return { type: 'section', text: { type: 'mrkdwn', text, verbatim: true } };
}

/** The three characters that Slack reads as control characters. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
