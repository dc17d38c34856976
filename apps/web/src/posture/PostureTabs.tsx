import { Link } from '@tanstack/react-router';
import styles from '../integrations/tabs.module.css';
import type { PostureSearch } from './posture-search.js';

/** The pages of the posture, in their order. */
const PARTS = [
  { to: '/posture', title: 'Overview' },
  { to: '/posture/checks', title: 'Checks' },
  { to: '/posture/paths', title: 'Ways to tier zero' },
  { to: '/posture/frameworks', title: 'Frameworks' },
  { to: '/posture/report', title: 'Report' },
] as const;

interface PostureTabsProps {
  readonly chosen: (typeof PARTS)[number]['to'];
  /** Stays when another part is looked at. */
  readonly integration: string | undefined;
}

export function PostureTabs({ chosen, integration }: PostureTabsProps) {
  const search: PostureSearch = integration === undefined ? {} : { integration };
  return (
    <nav className={styles['tabs']} aria-label="Parts of the posture">
      {PARTS.map(({ to, title }) => (
        <Link
          key={to}
          to={to}
          search={search}
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
