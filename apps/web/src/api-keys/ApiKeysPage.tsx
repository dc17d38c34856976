import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useSession } from '../session/session.js';
import { Dialog } from '../states/Dialog.js';
import { Empty } from '../states/Empty.js';
import { Failed } from '../states/Failed.js';
import { Guarded } from '../states/Guarded.js';
import { PageTitle } from '../states/PageTitle.js';
import { SmallTable } from '../states/SmallTable.js';
import { apiKeysQuery } from './api-key-queries.js';
import { ApiKeyForm } from './ApiKeyForm.js';
import { ApiKeyRow } from './ApiKeyRow.js';

const TITLE = 'API keys';

export function ApiKeysPage() {
  return (
    <Guarded title={TITLE} needs="api-keys:manage">
      <ApiKeys />
    </Guarded>
  );
}

function ApiKeys() {
  const { permissions } = useSession();
  const [isOpen, { open, close }] = useDisclosure(false);
  const { data, error, refetch } = useQuery(apiKeysQuery);
  const make = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={open}>
      Make an API key
    </Button>
  );
  const isEmpty = data?.length === 0;
  return (
    <>
      <PageTitle title={TITLE} actions={isEmpty ? undefined : make} />
      {error !== null && <Failed error={error} retry={() => void refetch()} />}
      {isEmpty && (
        <Empty icon={IconKey} title="No program has a key yet" action={make}>
          With a key of its own, a program asks the API for what you allow it, and for nothing else.
        </Empty>
      )}
      {!isEmpty && (data !== undefined || error === null) && (
        <SmallTable label="API keys" heads={['Name', 'State', 'May', 'Made', 'Last used', 'Ends', '-Actions']} minWidth={900}>
          {data?.map((apiKey) => (
            <ApiKeyRow key={apiKey.id} apiKey={apiKey} />
          ))}
        </SmallTable>
      )}
      <Dialog title="Make an API key" opened={isOpen} onClose={close} size="lg">
        <ApiKeyForm path="/api-keys" offered={permissions} onClose={close} />
      </Dialog>
    </>
  );
}
