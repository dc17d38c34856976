import { Code, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { AnchorLink } from '../shell/links.js';
import { Failed } from '../states/Failed.js';
import { Guarded } from '../states/Guarded.js';
import { Loading } from '../states/Loading.js';
import { PageTitle } from '../states/PageTitle.js';
import { Panel } from '../states/Panel.js';
import { playbookQuery } from './playbook-queries.js';
import { runsWords } from './playbook-words.js';
import { PlaybookFlow } from './PlaybookFlow.js';
import { PlaybookTrigger } from './PlaybookTrigger.js';
import { SimulatePanel } from './SimulatePanel.js';
import { SwitchPlaybook } from './SwitchPlaybook.js';
import styles from './playbooks.module.css';

const TITLE = 'Playbook';
const route = getRouteApi('/signed-in/playbooks/$id');

export function PlaybookPage() {
  return (
    <Guarded title={TITLE} needs="actions:read">
      <OnePlaybook />
    </Guarded>
  );
}

/** What it does, when, and what it would have done. */
function OnePlaybook() {
  const { id } = route.useParams();
  const { data, error, refetch } = useQuery(playbookQuery(id));
  const failed = error !== null && <Failed error={error} retry={() => void refetch()} />;
  if (data === undefined)
    return (
      <>
        <PageTitle title={TITLE} />
        {failed || <Loading height={480} />}
      </>
    );
  return (
    <>
      <PageTitle title={data.title} />
      <Stack gap="md">
        {failed}
        <Text size="sm" maw={760}>
          {data.summary}
        </Text>
        <Text size="sm">
          Runs:{' '}
          <AnchorLink to="/playbooks/runs" search={{ playbook: id }} size="sm">
            {runsWords(data.runs)}
          </AnchorLink>
        </Text>
        <SwitchPlaybook playbook={data} />
        {/* Of another playbook nothing was simulated. */}
        <SimulatePanel key={id} playbook={data} />
        <div className={styles['columns']}>
          <PlaybookFlow playbook={data} />
          <PlaybookTrigger playbook={data} />
        </div>
        <Panel title="As it was written">
          <details>
            <summary>The file, in YAML</summary>
            <Code block tabIndex={0} fz="xs" mt="xs" className={styles['yaml']}>
              {data.yaml}
            </Code>
          </details>
        </Panel>
      </Stack>
    </>
  );
}
