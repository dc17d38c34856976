import type { AreaScore, ScoreDay } from '@castellan/api';
import { Table, Text } from '@mantine/core';
import { AnchorLink } from '../shell/links.js';
import { SmallTable } from '../states/SmallTable.js';
import { AreaTrend } from './AreaTrend.js';
import { ScoreBar } from './ScoreBar.js';
import { AREAS } from './posture-words.js';
import type { ChecksSearch } from './posture-search.js';

interface AreaTableProps {
  readonly areas: readonly AreaScore[];
  readonly trend: readonly ScoreDay[];
  readonly integration: string | undefined;
}

/** Of which nothing is known stands last: nobody can say how bad it is. */
function byScore(one: AreaScore, other: AreaScore): number {
  return (one.score ?? Number.POSITIVE_INFINITY) - (other.score ?? Number.POSITIVE_INFINITY) || other.failed - one.failed;
}

/** How each area stands, and how it went; each leads to its checks. */
export function AreaTable({ areas, trend, integration }: AreaTableProps) {
  const of = integration === undefined ? {} : { integration };
  return (
    <SmallTable
      label="Areas, worst first"
      heads={['Area', 'Score', 'Last 90 days', 'Failed', 'Passed', 'Unknown', 'Excepted']}
      minWidth={680}
      hasActions={false}
      narrow="lines"
    >
      {areas.toSorted(byScore).map(({ area, score, failed, passed, unknown, excepted }) => (
        <Table.Tr key={area}>
          <Table.Td>
            <AnchorLink to="/posture/checks" search={{ ...of, area }} size="sm">
              {AREAS[area]}
            </AnchorLink>
          </Table.Td>
          <Table.Td>
            <ScoreBar score={score} known={failed + passed} all={failed + passed + unknown} />
          </Table.Td>
          <Table.Td>
            <AreaTrend area={area} trend={trend} />
          </Table.Td>
          <Count count={failed} search={{ ...of, area, status: 'failed' }} words={`failed of ${AREAS[area]}`} />
          <Count count={passed} search={{ ...of, area, status: 'passed' }} words={`passed of ${AREAS[area]}`} />
          <Count count={unknown} search={{ ...of, area, status: 'unknown' }} words={`unknown of ${AREAS[area]}`} />
          <Table.Td>{excepted === 0 ? <None /> : excepted.toLocaleString('en')}</Table.Td>
        </Table.Tr>
      ))}
    </SmallTable>
  );
}

interface CountProps {
  readonly count: number;
  readonly search: ChecksSearch;
  /** Of the link, for who hears it without its column. */
  readonly words: string;
}

function Count({ count, search, words }: CountProps) {
  return (
    <Table.Td>
      {count === 0 ? (
        <None />
      ) : (
        <AnchorLink to="/posture/checks" search={search} size="sm" aria-label={`${count} ${words}`}>
          {count.toLocaleString('en')}
        </AnchorLink>
      )}
    </Table.Td>
  );
}

function None() {
  return (
    <Text size="sm" c="dimmed" component="span">
      0
    </Text>
  );
}
