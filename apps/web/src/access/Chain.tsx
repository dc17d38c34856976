import type { AccessChain, AccessNodeRef } from '@castellan/api';
import { Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import { IconChevronRight } from '@tabler/icons-react';
import { type Names, linkNote, linkSentence, namedNode, chainWords } from './link-words.js';
import { NodeChip } from './NodeChip.js';
import { nodeId } from './node-looks.js';
import styles from './access.module.css';

interface ChainProps {
  readonly chain: AccessChain;
  readonly names: Names;
  readonly integration: string;
  readonly at: string | undefined;
  /** The one that the page is about. */
  readonly subject?: AccessNodeRef;
  /** In the line of its last chip. */
  readonly end?: ReactNode;
}

/** One way from a principal to what it reaches. Each chip leads to its page, and says how the one before it comes to it. */
export function Chain({ chain, names, integration, at, subject, end }: ChainProps) {
  const [first] = chain.links;
  if (first === undefined) return null;
  const chip = { integration, at };
  const isSubject = (ref: AccessNodeRef): boolean => subject !== undefined && nodeId(ref) === nodeId(subject);
  return (
    <ol className={styles['chain']} aria-label={`Way: ${chainWords(chain, names)}`}>
      <li>
        <NodeChip {...chip} node={namedNode(names, first.from)} isSubject={isSubject(first.from)} />
      </li>
      {chain.links.map((link) => (
        <li key={nodeId(link.to)}>
          <IconChevronRight size={13} className={styles['arrow']} aria-hidden />
          <Tooltip
            label={linkSentence(link, names)}
            events={{ hover: true, focus: true, touch: true }}
            multiline
            maw={320}
            withArrow
            openDelay={200}
          >
            <NodeChip {...chip} node={namedNode(names, link.to)} note={linkNote(link)} isSubject={isSubject(link.to)} />
          </Tooltip>
        </li>
      ))}
      {end !== undefined && <li className={styles['end']}>{end}</li>}
    </ol>
  );
}
