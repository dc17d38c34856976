import type { DetectionListKind } from '@castellan/api';
import { readNetworkList } from '@castellan/detection';

export interface ReadEntries {
  /** Each once, without remarks and empty lines. */
  readonly entries: readonly string[];
  readonly odd: readonly { readonly line: number; readonly message: string }[];
}

const LONGEST = 500;

/** Lines of a list, judged by what it is for. */
export function readListEntries(kind: DetectionListKind, lines: readonly string[]): ReadEntries {
  if (kind !== 'own_network' && kind !== 'threat') return readTexts(lines);
  const { list, odd } = readNetworkList('', lines.join('\n'));
  return {
    entries: [...new Set(list.entries)],
    odd: odd.map(({ line, text }) => ({ line, message: `“${text}” is no address and no range of addresses.` })),
  };
}

function readTexts(lines: readonly string[]): ReadEntries {
  const texts = lines.map((line) => line.trim());
  return {
    entries: [...new Set(texts)].filter((text) => text !== ''),
    odd: texts.flatMap((text, n) =>
      text.length <= LONGEST ? [] : [{ line: n + 1, message: `It has more than ${LONGEST} characters.` }],
    ),
  };
}
