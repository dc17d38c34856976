import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import styles from '../integrations/tabs.module.css';

/** The pages about rules, in their order. */
const PARTS = [
  { to: '/detection/rules', title: 'Rules' },
  { to: '/detection/coverage', title: 'ATT&CK coverage' },
  { to: '/detection/files', title: 'Own rules' },
  { to: '/detection/lists', title: 'Lists' },
  { to: '/detection/suppressions', title: 'Suppressions' },
] as const;

/** @param chosen the part that is seen */
export function DetectionTabs({ chosen }: { readonly chosen: (typeof PARTS)[number]['to'] }) {
  const tabs = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a telephone the last of them are beside the screen.
    tabs.current?.querySelector('[aria-current="page"]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, []);
  return (
    <nav ref={tabs} className={styles['tabs']} aria-label="Parts of detection">
      {PARTS.map(({ to, title }) => (
        <Link
          key={to}
          to={to}
          className={styles['tab']}
          // Filters within a part do not leave it.
          activeOptions={{ exact: true, includeSearch: false }}
          data-status={to === chosen ? 'active' : 'other'}
          aria-current={to === chosen ? 'page' : undefined}
        >
          {title}
        </Link>
      ))}
    </nav>
  );
}
