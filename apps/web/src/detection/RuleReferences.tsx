import { Anchor } from '@mantine/core';
import { Panel } from '../states/Panel.js';
import styles from './detection.module.css';

/** What its author has read. Only what leads to a page can be followed: files of rules come from anywhere. */
export function RuleReferences({ references }: { readonly references: readonly string[] }) {
  if (references.length === 0) return null;
  return (
    <Panel title="References">
      <ul className={styles['points']}>
        {references.map((reference) => (
          <li key={reference}>
            {isPage(reference) ? (
              <Anchor href={reference} target="_blank" rel="noopener noreferrer" size="sm">
                {reference}
              </Anchor>
            ) : (
              reference
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function isPage(reference: string): boolean {
  return URL.canParse(reference) && ['https:', 'http:'].includes(new URL(reference).protocol);
}
