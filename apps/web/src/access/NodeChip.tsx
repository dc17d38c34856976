import type { AccessNode } from '@castellan/api';
import { Link } from '@tanstack/react-router';
import type { ComponentPropsWithRef } from 'react';
import { NODE_LOOKS } from './node-looks.js';
import styles from './access.module.css';

interface NodeChipProps extends Omit<ComponentPropsWithRef<'a'>, 'children' | 'href' | 'className' | 'target'> {
  readonly integration: string;
  readonly node: AccessNode;
  /** Instant that is asked about; the page behind the chip is asked the same. */
  readonly at: string | undefined;
  /** Said behind the name: the rule that filled the group, what a role is narrowed to. */
  readonly note?: string | undefined;
  /** The one that the page is about. */
  readonly isSubject?: boolean;
}

/** One of a chain, and the way to its page. */
export function NodeChip({ integration, node, at, note, isSubject = false, ...rest }: NodeChipProps) {
  const { icon: Icon, one } = NODE_LOOKS[node.kind];
  return (
    <Link
      {...rest}
      to="/access/$integration/$kind/$key"
      params={{ integration, kind: node.kind, key: node.key }}
      search={at === undefined ? {} : { at }}
      className={styles['chip']}
      data-subject={isSubject}
      data-gone={!node.present}
    >
      <Icon size={14} stroke={1.8} aria-label={one} />
      <span className={styles['label']}>{node.label}</span>
      {note !== undefined && <span className={styles['note']}>({note})</span>}
    </Link>
  );
}
