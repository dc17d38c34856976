import type { AccessPrincipalKind } from '@castellan/api';
import { Group, SegmentedControl, Stack } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Guarded } from '../states/Guarded.js';
import { PageTitle } from '../states/PageTitle.js';
import { AdministratorList } from './AdministratorList.js';
import { administratorsPath } from './access-queries.js';
import { ExportFiles } from './ExportFiles.js';
import { readAdministratorsSearch } from './explorer-search.js';
import { NODE_LOOKS } from './node-looks.js';
import { QuestionActions } from './QuestionActions.js';

const TITLE = 'Administrators';
const KINDS = ['account', 'group', 'client'] as const satisfies readonly AccessPrincipalKind[];
const route = getRouteApi('/signed-in/access/administrators');

export function AdministratorsPage() {
  return (
    <Guarded title={TITLE} needs="records:read">
      <Administrators />
    </Guarded>
  );
}

/** Who may change an organisation: what the numbers of the overview count. */
function Administrators() {
  const { show = 'account' } = readAdministratorsSearch(route.useSearch());
  const navigate = useNavigate();
  return (
    <>
      <PageTitle title={TITLE} actions={<QuestionActions name={TITLE} />} />
      <Stack gap="sm">
        <Group gap="xs">
          <SegmentedControl
            size="xs"
            aria-label="Who is listed"
            data={KINDS.map((kind) => ({ value: kind, label: NODE_LOOKS[kind].many }))}
            value={show}
            onChange={(chosen) =>
              void navigate({ to: '/access/administrators', search: readAdministratorsSearch({ show: chosen }) })
            }
          />
          <Group ml="auto">
            <ExportFiles name="administrators" pathOf={(ending) => administratorsPath(show, `/export.${ending}`)}>
              All of this list.
            </ExportFiles>
          </Group>
        </Group>
        <AdministratorList kind={show} />
      </Stack>
    </>
  );
}
