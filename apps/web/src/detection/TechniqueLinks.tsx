import type { TechniqueView } from '@castellan/api';
import { Anchor } from '@mantine/core';
import { AnchorLink } from '../shell/links.js';
import { attackAddress } from './rule-words.js';
import styles from './detection.module.css';

/** Techniques of ATT&CK: each leads to the rules that are about it, and to what its maker says. */
export function TechniqueLinks({ techniques }: { readonly techniques: readonly TechniqueView[] }) {
  if (techniques.length === 0) return null;
  return (
    <ul className={styles['techniques']} aria-label="Techniques of MITRE ATT&CK">
      {techniques.map(({ id, name, tactics }) => (
        <li key={id}>
          <AnchorLink to="/detection/rules" search={{ technique: id }} size="xs" title={tactics.join(', ')}>
            {id} {name}
          </AnchorLink>{' '}
          <Anchor
            href={attackAddress(id)}
            target="_blank"
            rel="noopener noreferrer"
            size="xs"
            aria-label={`${id} at MITRE ATT&CK (opens in a new tab)`}
          >
            ↗
          </Anchor>
        </li>
      ))}
    </ul>
  );
}
