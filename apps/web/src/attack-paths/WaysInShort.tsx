import type { AttackPaths, PathStarts } from '@castellan/api';
import { Group, Text } from '@mantine/core';
import { Ago } from '../states/Ago.js';
import { PathEnd } from './PathEnd.js';
import { startsWords } from './step-words.js';

interface WaysInShortProps {
  readonly paths: AttackPaths;
  readonly computedAt: string;
  readonly integration: string;
}

/** Who can reach tier zero, who is of it, and what the list below is not. */
export function WaysInShort({ paths, computedAt, integration }: WaysInShortProps) {
  const { total, tierZero, starts, tierZeroMembers, uncut } = paths;
  const more = tierZero - tierZeroMembers.length;
  return (
    <>
      <Text size="sm" role="status">
        {reachSentence(starts, total)} Looked for <Ago at={computedAt} />.
      </Text>
      {tierZeroMembers.length > 0 && (
        <Group gap={6} role="group" aria-label="Members of tier zero">
          <Text span size="sm">
            Of tier zero {tierZero === 1 ? 'is' : 'are'}
          </Text>
          {tierZeroMembers.map((node) => (
            <PathEnd key={`${node.kind} ${node.key}`} node={node} integration={integration} />
          ))}
          {more > 0 && (
            <Text span size="sm">
              and {more.toLocaleString('en')} more
            </Text>
          )}
        </Group>
      )}
      {total > 0 && (
        <Text size="sm" c="dimmed" maw={720}>
          Only a shortest way of each starting point is shown: where it is cut, another may be left. {uncutSentence(uncut)}
        </Text>
      )}
    </>
  );
}

function reachSentence(starts: readonly PathStarts[], total: number): string {
  return total === 0 ? 'Nobody outside of tier zero can reach it.' : `${startsWords(starts)} can reach tier zero.`;
}

function uncutSentence(uncut: number): string {
  if (uncut === 0) return 'Each of them is cut off by a single step.';
  return `${uncut.toLocaleString('en')} ${uncut === 1 ? 'is' : 'are'} cut off by no single step: several have to go.`;
}
