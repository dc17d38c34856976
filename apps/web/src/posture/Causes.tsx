import type { PostureOverview } from '@castellan/api';
import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { AnchorLink } from '../shell/links.js';
import { Panel } from '../states/Panel.js';
import { knownWords } from './posture-words.js';
import { overviewQuery } from './posture-queries.js';
import styles from './posture.module.css';
import { WayOut } from './WayOut.js';

/** More would be read by nobody: the list of checks has the rest. */
const SHOWN = 4;

interface CausesProps {
  /** Whether the checks themselves are below. */
  readonly isAboveThem?: boolean;
  readonly overview: Pick<PostureOverview, 'causes' | 'unknown'>;
  readonly integration: string | undefined;
}

/** What keeps checks from saying anything, and what would have most of them speak. */
export function Causes({ overview: { causes, unknown }, integration, isAboveThem = false }: CausesProps) {
  if (causes.length === 0) return null;
  const others = causes.length - SHOWN;
  const isOfSeveral = new Set(causes.map((cause) => cause.integration.id)).size > 1;
  return (
    <Panel title="What would make unknown checks known">
      <ul className={styles['list']}>
        {causes.slice(0, SHOWN).map((cause) => (
          <li key={`${cause.integration.id} ${cause.message}`}>
            <Text size="sm" fw={550} component="span">
              {isOfSeveral && `${cause.integration.name}: `}
              {cause.message}
            </Text>{' '}
            <Text size="sm" component="span">
              {knownWords(cause)}
            </Text>{' '}
            <WayOut code={cause.code} setting={cause.setting} integration={cause.integration.id} />
          </li>
        ))}
      </ul>
      {(others > 0 || !isAboveThem) && (
        <Text size="xs" c="dimmed">
          {others > 0 && `And ${others} more. `}
          {!isAboveThem && (
            <AnchorLink
              to="/posture/checks"
              search={{ ...(integration !== undefined && { integration }), status: 'unknown' }}
              size="xs"
            >
              {`See all ${unknown.toLocaleString('en')} unknown checks`}
            </AnchorLink>
          )}
        </Text>
      )}
    </Panel>
  );
}

/** The same of a page that needs no more of the overview. */
export function CausesOf({ integration }: Pick<CausesProps, 'integration'>) {
  const { data } = useQuery(overviewQuery(integration));
  return data === undefined ? null : <Causes overview={data} integration={integration} isAboveThem />;
}
