import type { RulesView } from '@castellan/api';
import { SegmentedControl, Stack, Table, Text } from '@mantine/core';
import { IconShieldOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { AnchorLink } from '../shell/links.js';
import { Empty } from '../states/Empty.js';
import { Failed } from '../states/Failed.js';
import { Guarded } from '../states/Guarded.js';
import { PageTitle } from '../states/PageTitle.js';
import { SmallTable } from '../states/SmallTable.js';
import { CoverageMatrix } from './CoverageMatrix.js';
import { coverageOf, coverOf, techniquesOf } from './coverage.js';
import { countedRules } from './rule-words.js';
import { rulesQuery } from './detection-queries.js';
import { readCoverageSearch } from './detection-search.js';
import { DetectionTabs } from './DetectionTabs.js';
import { Loading } from '../states/Loading.js';
import styles from './detection.module.css';

const TITLE = 'ATT&CK coverage';
const route = getRouteApi('/signed-in/detection/coverage');
const VIEWS = [
  { value: 'matrix', label: 'Matrix' },
  { value: 'table', label: 'Table' },
];

export function CoveragePage() {
  return (
    <Guarded title={TITLE} needs="findings:read">
      <Coverage />
    </Guarded>
  );
}

/** Which techniques of MITRE ATT&CK rules are about, and how often they were seen. */
function Coverage() {
  const { view = 'matrix' } = readCoverageSearch(route.useSearch());
  const { data, error, refetch } = useQuery(rulesQuery);
  const navigate = useNavigate();
  return (
    <>
      <PageTitle
        title={TITLE}
        actions={
          <SegmentedControl
            size="xs"
            aria-label="Shown as"
            data={VIEWS}
            value={view}
            onChange={(chosen) =>
              void navigate({
                to: '/detection/coverage',
                search: chosen === 'table' ? { view: chosen } : {},
                replace: true,
                resetScroll: false,
              })
            }
          />
        }
      />
      <DetectionTabs chosen="/detection/coverage" />
      <Stack gap="md">
        {error !== null && <Failed error={error} retry={() => void refetch()} />}
        {data === undefined && error === null && <Loading height={480} />}
        {data !== undefined && <Shown rules={data} view={view} />}
      </Stack>
    </>
  );
}

function Shown({ rules: { items, attackVersion }, view }: { readonly rules: RulesView; readonly view: 'matrix' | 'table' }) {
  const techniques = techniquesOf(items).map((one) => coverOf(one, items));
  const covered = techniques.filter(({ rules }) => rules > 0).length;
  const untagged = items.filter((rule) => rule.techniques.length === 0).length;
  if (techniques.length === 0)
    return (
      <Empty icon={IconShieldOff} title="No rule names a technique">
        Rules say with tags such as attack.t1110 what they are about.
      </Empty>
    );
  return (
    <>
      <Text size="sm" c="dimmed" maw={760}>
        {covered} of {techniques.length} techniques that rules name {covered === 1 ? 'has' : 'have'} a rule that is on.
        Techniques that no rule names are not shown: most of ATT&CK is about other systems than an identity provider. Names are
        of ATT&CK {attackVersion}. Hits of informational rules are left out: they count what is normal.{' '}
        {view === 'table' ? 'They stand in a column of their own.' : 'The table has them.'}
        {untagged > 0 && ` ${untagged} of ${countedRules(items.length)} ${untagged === 1 ? 'names' : 'name'} none.`}
      </Text>
      {view === 'matrix' ? (
        <CoverageMatrix tactics={coverageOf(items)} />
      ) : (
        <SmallTable
          label="Techniques"
          heads={['Technique', 'Tactics', 'Rules', 'Switched off', 'Hits in 30 days', 'Informational']}
          minWidth={680}
          hasActions={false}
          narrow="lines"
        >
          {techniques.map(({ id, name, tactics, rules, off, hits, informed }) => (
            <Table.Tr key={id}>
              <Table.Td className={styles['entry']}>
                <AnchorLink to="/detection/rules" search={{ technique: id }} size="sm">
                  {id} {name}
                </AnchorLink>
              </Table.Td>
              <Table.Td>{tactics.join(', ')}</Table.Td>
              <Table.Td>{rules}</Table.Td>
              <Table.Td>{off}</Table.Td>
              <Table.Td>{hits.toLocaleString('en')}</Table.Td>
              <Table.Td>{informed.toLocaleString('en')}</Table.Td>
            </Table.Tr>
          ))}
        </SmallTable>
      )}
    </>
  );
}
