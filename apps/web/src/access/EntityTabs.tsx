import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import styles from '../integrations/tabs.module.css';
import type { AccessPlace } from './access-queries.js';
import { ENTITY_PARTS } from './entity-parts.js';

interface EntityTabsProps {
  readonly place: AccessPlace;
  /** Stays when another part is looked at. */
  readonly at: string | undefined;
  readonly chosen: string | undefined;
}

/** Links, as each part has an address of its own. */
export function EntityTabs({ place, at, chosen }: EntityTabsProps) {
  const tabs = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a telephone the last of them are beside the screen.
    tabs.current?.querySelector(`[data-name="${chosen}"]`)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [chosen]);
  return (
    <nav ref={tabs} className={styles['tabs']} aria-label="Parts of this page">
      {ENTITY_PARTS[place.kind].map(({ name, title }, index) => (
        <Link
          key={name}
          to="/access/$integration/$kind/$key"
          params={place}
          search={{ ...(index > 0 && { tab: name }), ...(at !== undefined && { at }) }}
          resetScroll={false}
          className={styles['tab']}
          // The router compares whole addresses; filters within a part do not leave it.
          activeOptions={{ includeSearch: true, exact: true }}
          data-name={name}
          data-status={name === chosen ? 'active' : 'other'}
          aria-current={name === chosen ? 'page' : undefined}
        >
          {title}
        </Link>
      ))}
    </nav>
  );
}
