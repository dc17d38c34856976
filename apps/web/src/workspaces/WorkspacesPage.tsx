import { Button, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Dialog } from '../states/Dialog.js';
import { Failed } from '../states/Failed.js';
import { Guarded } from '../states/Guarded.js';
import { PageTitle } from '../states/PageTitle.js';
import { SmallTable } from '../states/SmallTable.js';
import { workspacesQuery } from './workspace-queries.js';
import { WorkspaceForm } from './WorkspaceForm.js';
import { WorkspaceRow } from './WorkspaceRow.js';

const TITLE = 'Workspaces';

export function WorkspacesPage() {
  return (
    <Guarded title={TITLE} needs="workspaces:manage">
      <Workspaces />
    </Guarded>
  );
}

/** Never empty: that of the operators is always there. */
function Workspaces() {
  const [isOpen, { open, close }] = useDisclosure(false);
  const { data, error, refetch } = useQuery(workspacesQuery);
  return (
    <>
      <PageTitle
        title={TITLE}
        actions={
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={open}>
            Make a workspace
          </Button>
        }
      />
      <Text size="sm" c="dimmed" mb="md" maw={640}>
        Each customer of a product has a workspace with people, keys and integrations of its own. What is inside one can be seen
        from inside only.
      </Text>
      {error !== null && <Failed error={error} retry={() => void refetch()} />}
      {(data !== undefined || error === null) && (
        <SmallTable label={TITLE} heads={['Name', 'Users', 'Integrations', 'Made', '-Actions']} minWidth={520}>
          {data?.map((workspace) => (
            <WorkspaceRow key={workspace.id} workspace={workspace} />
          ))}
        </SmallTable>
      )}
      <Dialog title="Make a workspace" opened={isOpen} onClose={close}>
        <WorkspaceForm onClose={close} />
      </Dialog>
    </>
  );
}
