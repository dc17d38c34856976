import type { IncidentDetail, RelatedIncident } from '@castellan/api';
import { Group, Text } from '@mantine/core';
import { SEVERITY_LOOKS } from '../findings/severity-looks.js';
import { AnchorLink } from '../shell/links.js';
import { Ago } from '../states/Ago.js';
import { Look } from '../states/Look.js';
import { Panel } from '../states/Panel.js';
import { incidentLook } from './incident-looks.js';
import styles from './incidents.module.css';

/** Other incidents that name somebody of this one, within a day of it: an attack seldom stays with one actor. */
export function RelatedIncidents({ incident: { related } }: { readonly incident: IncidentDetail }) {
  if (related.length === 0) return null;
  return (
    <Panel title="Related incidents">
      <Text size="xs" c="dimmed">
        They name somebody of this one, less than a day before or after.
      </Text>
      <ul className={styles['related']} aria-label="Related incidents">
        {related.map((one) => (
          <li key={one.id}>
            <AnchorLink to="/incidents/$id" params={{ id: one.id }} size="sm" fw={550}>
              {one.rule.title}
            </AnchorLink>
            <Text size="sm">{one.subject.label}</Text>
            <Group gap="sm">
              <Look look={SEVERITY_LOOKS[one.severity]} />
              <Look look={incidentLook(one)} />
            </Group>
            <Text size="xs" c="dimmed">
              {sharedWords(one)} · <Ago at={one.lastAt} />
            </Text>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function sharedWords({ shared }: RelatedIncident): string {
  return `Both name ${shared.map(({ label }) => label).join(', ')}`;
}
