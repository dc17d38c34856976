import type { IntegrationDetail } from '@castellan/api';
import { Code } from '@mantine/core';
import type { ReactNode } from 'react';
import { Ago } from '../states/Ago.js';
import { FactList } from './FactList.js';
import { Panel } from '../states/Panel.js';
import { spanWords } from '../states/time-words.js';

export function FactsPanel({ integration }: { readonly integration: IntegrationDetail }) {
  const { connector, owner, tenant, nextRunAt, polledAt, schedule, freshness, createdAt } = integration;
  const isPolled = freshness.everySeconds !== schedule.everySeconds;
  const facts: readonly (readonly [string, ReactNode])[] = [
    ['Connector', connector.name],
    ['Owner', owner?.name ?? 'Nobody: give it one in the settings'],
    ['Organisation', tenant === null ? 'Not known yet' : <Code key="tenant">{tenant}</Code>],
    ['Everything is listed', `every ${spanWords(schedule.everySeconds)}`],
    ['Next listing', nextRunAt === null ? 'None while it is paused' : <Ago key="next" at={nextRunAt} isAhead />],
    ['Changes are read', isPolled ? `every ${spanWords(freshness.everySeconds)}` : 'With each listing'],
    ...(polledAt === null ? [] : [['Last looked for changes', <Ago key="polled" at={polledAt} />] as const]),
    ['Connected', <Ago key="created" at={createdAt} />],
  ];
  return (
    <Panel title="About">
      <FactList facts={facts} />
    </Panel>
  );
}
