import { Group, Stack } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { IntegrationFilter } from '../posture/IntegrationFilter.js';
import { kept } from '../posture/posture-search.js';
import { FilterChoice } from '../states/FilterChoice.js';
import { Guarded } from '../states/Guarded.js';
import { PageTitle } from '../states/PageTitle.js';
import { ACTION_LOOKS } from './action-words.js';
import { type ActionsSearch, readActionsSearch, SOUGHT } from './actions-search.js';
import { ApprovalInbox } from './ApprovalInbox.js';
import { History } from './History.js';

const TITLE = 'Actions';
const route = getRouteApi('/signed-in/actions');

export function ActionsPage() {
  return (
    <Guarded title={TITLE} needs="actions:read">
      <Actions />
    </Guarded>
  );
}

/** What waits for somebody, then all that was asked for, the newest first. */
function Actions() {
  const search = readActionsSearch(route.useSearch());
  const navigate = useNavigate();
  const change = (part: { readonly [P in keyof ActionsSearch]?: ActionsSearch[P] | undefined }): void =>
    void navigate({ to: '/actions', search: kept<ActionsSearch>({ ...search, ...part }), replace: true });
  return (
    <>
      <PageTitle title={TITLE} />
      <Stack gap="md">
        <ApprovalInbox />
        <Group gap="xs">
          <FilterChoice
            name="State"
            all="All states"
            choices={SOUGHT.map((state) => ({ value: state, label: ACTION_LOOKS[state].word }))}
            value={search.state}
            width={180}
            onChoose={(state) => change({ state })}
          />
          <IntegrationFilter chosen={search.integration} onChoose={(integration) => change({ integration })} />
        </Group>
        <History search={search} />
      </Stack>
    </>
  );
}
