import { Group, Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { WORST_FIRST } from '../findings/severities.js';
import { SEVERITY_LOOKS } from '../findings/severity-looks.js';
import { kept } from '../posture/posture-search.js';
import { ButtonLink } from '../shell/links.js';
import { incidentsSummaryQuery } from './incident-queries.js';
import type { IncidentsSearch } from './incidents-search.js';
import { lowOnes, mayLeaveOutLow } from './low-ones.js';

/** How many wait of each severity, of the same integration, owner, subject and words as the queue; each narrows it to them; where nobody has chosen, low ones are left out as long as there are worse. */
export function SeverityCounts({ search }: { readonly search: IncidentsSearch }) {
  const { data } = useQuery(incidentsSummaryQuery(search));
  if (data === undefined) return <Skeleton height={30} maw={560} />;
  const all = data.open + data.acknowledged;
  const some = mayLeaveOutLow(search) ? lowOnes(data) : undefined;
  const choice = (severity: IncidentsSearch['severity'], word: string, count: number) => {
    // Where none is low, all are shown without being asked for.
    const isChosen =
      search.severity === severity || (some === undefined && search.severity === 'all' && severity === undefined);
    // Nothing would be shown by it.
    if (count === 0 && !isChosen && severity !== undefined)
      return (
        <Text key={word} size="sm" c="dimmed" px={6} component="span">
          {word}&nbsp;0
        </Text>
      );
    return (
      <ButtonLink
        key={word}
        to="/incidents"
        search={kept<IncidentsSearch>({ ...search, severity })}
        // Otherwise each choice would be one of all, too.
        activeOptions={{ exact: true }}
        resetScroll={false}
        size="compact-sm"
        variant={isChosen ? 'light' : 'default'}
        aria-current={isChosen ? 'true' : undefined}
      >
        {word}&nbsp;<b>{count.toLocaleString('en')}</b>
      </ButtonLink>
    );
  };
  return (
    <Group gap={6} component="nav" aria-label="Those that wait, by severity">
      {choice(some === undefined ? undefined : 'all', 'All', all)}
      {some !== undefined && choice(undefined, 'Medium and worse', some.worse)}
      {WORST_FIRST.filter(
        (severity) => severity !== 'informational' || data.severities[severity] > 0 || search.severity === severity,
      ).map((severity) => choice(severity, SEVERITY_LOOKS[severity].word, data.severities[severity]))}
    </Group>
  );
}
