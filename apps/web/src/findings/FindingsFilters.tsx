import { FINDING_STATUSES, POSTURE_AREAS } from '@castellan/api';
import { CloseButton, Group, SegmentedControl, Text } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import { IntegrationFilter } from '../posture/IntegrationFilter.js';
import { checksQuery } from '../posture/posture-queries.js';
import { AREAS } from '../posture/posture-words.js';
import { FilterChoice } from '../states/FilterChoice.js';
import { WordsBox } from '../states/WordsBox.js';
import { STATUS_LOOKS } from './status-looks.js';
import { FindingsExport } from './FindingsExport.js';
import { findingsQuery } from './findings-queries.js';
import styles from './findings.module.css';
import { type FindingsChange, type FindingsSearch, keptFindings, readFindingsSearch } from './findings-search.js';
import { WORST_FIRST } from './severities.js';
import { SEVERITY_LOOKS } from './severity-looks.js';

const STATUSES = [
  ...FINDING_STATUSES.map((status) => ({ value: status, label: STATUS_LOOKS[status].word })),
  { value: 'all' as const, label: 'All, also resolved' },
];
const SOURCES = [
  { value: 'posture', label: 'Checks' },
  { value: 'detection', label: 'Rules' },
] as const;
const AREA_CHOICES = POSTURE_AREAS.map((area) => ({ value: area, label: AREAS[area] }));
const SEVERITIES = WORST_FIRST.map((severity) => ({ value: severity, label: SEVERITY_LOOKS[severity].word }));
const OWNERS = [
  { value: 'me', label: 'Mine' },
  { value: 'none', label: 'Without an owner' },
] as const;
const SORTS = [
  { value: 'worst', label: 'Worst first' },
  { value: 'newest', label: 'Newest first' },
];

/** What narrows and orders the list; all of it stands in the address. */
export function FindingsFilters({ search }: { readonly search: FindingsSearch }) {
  const navigate = useNavigate();
  const change = useCallback(
    (part: FindingsChange, replace = false) =>
      void navigate({
        to: '/findings',
        search: (now: Readonly<Record<string, unknown>>) => keptFindings({ ...readFindingsSearch(now), ...part }),
        replace,
        resetScroll: false,
      }),
    [navigate],
  );
  const changeWords = useCallback((q: string | undefined, isFurther: boolean) => change({ q }, isFurther), [change]);
  const { data: checks = [] } = useQuery(checksQuery(undefined));
  const rules = checks.map(({ id, title }) => ({ value: id, label: title }));
  const { source, severity, status, rule, area, owner, integration, subject, sort = 'worst' } = search;
  return (
    <Group gap="xs" role="search" aria-label="Filters" className={styles['filters']}>
      <WordsBox label="Search findings" title="Title of a check or a rule" width={190} q={search.q} onChange={changeWords} />
      <FilterChoice
        name="Found by"
        all="Checks and rules"
        choices={SOURCES}
        value={source}
        width={160}
        onChoose={(chosen) => change({ source: chosen })}
      />
      <FilterChoice
        name="Severity"
        all="Any severity"
        choices={SEVERITIES}
        value={severity}
        width={150}
        onChoose={(chosen) => change({ severity: chosen })}
      />
      <FilterChoice
        name="Status"
        all="To be worked through"
        choices={STATUSES}
        value={status}
        width={185}
        onChoose={(chosen) => change({ status: chosen })}
      />
      <FilterChoice
        name="Check"
        all="Any check"
        choices={rules}
        value={rule}
        width={240}
        isSearchable
        onChoose={(chosen) => change({ rule: chosen })}
      />
      <FilterChoice
        name="Area"
        all="Any area"
        choices={AREA_CHOICES}
        value={area}
        width={160}
        onChoose={(chosen) => change({ area: chosen })}
      />
      <FilterChoice
        name="Owner"
        all="Any owner"
        choices={OWNERS}
        value={owner}
        width={160}
        onChoose={(chosen) => change({ owner: chosen })}
      />
      <IntegrationFilter chosen={integration} onChoose={(chosen) => change({ integration: chosen })} />
      {subject !== undefined && <OfSubject search={search} onClear={() => change({ subject: undefined })} />}
      <Group gap="xs" ml="auto">
        <SegmentedControl
          size="xs"
          aria-label="Order"
          data={SORTS}
          value={sort}
          onChange={(chosen) => change({ sort: chosen === 'newest' ? chosen : undefined })}
        />
        <FindingsExport search={search} />
      </Group>
    </Group>
  );
}

/** The address says a key; the first finding knows what people call it. */
function OfSubject({ search, onClear }: { readonly search: FindingsSearch; readonly onClear: () => void }) {
  const { data } = useInfiniteQuery(findingsQuery(search));
  const label = data?.pages[0]?.items[0]?.subject.label ?? search.subject;
  return (
    <Group gap={2}>
      <Text size="sm">Only of {label}</Text>
      <CloseButton size="sm" aria-label="Of anybody" onClick={onClear} />
    </Group>
  );
}
