import { POSTURE_AREAS } from '@castellan/api';
import { Group } from '@mantine/core';
import { useCallback } from 'react';
import { WORST_FIRST } from '../findings/severities.js';
import { SEVERITY_LOOKS } from '../findings/severity-looks.js';
import { FilterChoice } from '../states/FilterChoice.js';
import { WordsBox } from '../states/WordsBox.js';
import { IntegrationFilter } from './IntegrationFilter.js';
import type { ChecksChange, ChecksSearch } from './posture-search.js';
import { CHECK_LOOKS } from './check-looks.js';
import { AREAS } from './posture-words.js';

const AREA_CHOICES = POSTURE_AREAS.map((area) => ({ value: area, label: AREAS[area] }));
const STATUS_CHOICES = [
  ...(['failed', 'unknown', 'passed'] as const).map((status) => ({ value: status, label: CHECK_LOOKS[status].word })),
  { value: 'off' as const, label: 'Switched off' },
  { value: 'none' as const, label: 'Not looked at yet' },
];
const SEVERITY_CHOICES = WORST_FIRST.map((severity) => ({ value: severity, label: SEVERITY_LOOKS[severity].word }));

interface ChecksFiltersProps {
  readonly search: ChecksSearch;
  /** @param replace no step of its own to go back to */
  readonly change: (part: ChecksChange, replace?: boolean) => void;
}

/** What narrows the list of checks; all of it stands in the address. */
export function ChecksFilters({ search, change }: ChecksFiltersProps) {
  const changeWords = useCallback((q: string | undefined, isFurther: boolean) => change({ q }, isFurther), [change]);
  return (
    <Group gap="xs" role="search" aria-label="Filters">
      <WordsBox
        label="Search checks"
        title="Title, reason, control such as AC-2, or a usual word such as MFA"
        width={220}
        q={search.q}
        onChange={changeWords}
      />
      <FilterChoice
        name="Area"
        all="Any area"
        choices={AREA_CHOICES}
        value={search.area}
        width={170}
        onChoose={(area) => change({ area })}
      />
      <FilterChoice
        name="Status"
        all="Any status"
        choices={STATUS_CHOICES}
        value={search.status}
        width={190}
        onChoose={(status) => change({ status })}
      />
      <FilterChoice
        name="Severity"
        all="Any severity"
        choices={SEVERITY_CHOICES}
        value={search.severity}
        width={150}
        onChoose={(severity) => change({ severity })}
      />
      <IntegrationFilter chosen={search.integration} onChoose={(integration) => change({ integration })} />
    </Group>
  );
}
