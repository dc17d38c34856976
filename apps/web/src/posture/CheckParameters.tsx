import type { CheckDetail, CheckParameter } from '@castellan/api';
import { Button, Table, Text } from '@mantine/core';
import { IconAdjustments } from '@tabler/icons-react';
import { useState } from 'react';
import { useMay } from '../session/session.js';
import { Ago } from '../states/Ago.js';
import { Dialog } from '../states/Dialog.js';
import { Panel } from '../states/Panel.js';
import { SmallTable } from '../states/SmallTable.js';
import { CheckSettingsForm } from './CheckSettingsForm.js';
import { parameterWords } from './parameter-words.js';

/** What the workspace has set of a check; who may, changes it. */
export function CheckParameters({ check }: { readonly check: CheckDetail }) {
  const [isOpen, setIsOpen] = useState(false);
  const mayManage = useMay('posture:manage');
  const { parameters, settings } = check;
  return (
    <Panel
      title="Settings"
      aside={
        mayManage && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconAdjustments size={15} aria-hidden />}
            onClick={() => setIsOpen(true)}
          >
            Change
          </Button>
        )
      }
    >
      <Text size="sm">
        {settings.enabled ? 'The check is on.' : 'The check is switched off.'}
        {settings.reason !== null && ` ${settings.reason}`}{' '}
        {settings.changedAt !== null && (
          <Text component="span" size="sm" c="dimmed">
            Changed by {settings.changedBy ?? 'somebody who is gone'}, <Ago at={settings.changedAt} />.
          </Text>
        )}
      </Text>
      {parameters.length > 0 && (
        <SmallTable label="Limits" heads={['Limit', 'Value', 'By default']} minWidth={420} hasActions={false} narrow="lines">
          {parameters.map((parameter) => (
            <Row key={parameter.name} parameter={parameter} />
          ))}
        </SmallTable>
      )}
      <Dialog title={`Settings: ${check.title}`} opened={isOpen} onClose={() => setIsOpen(false)} size="lg">
        <CheckSettingsForm check={check} onDone={() => setIsOpen(false)} />
      </Dialog>
    </Panel>
  );
}

function Row({ parameter: { title, type, value, default: byDefault } }: { readonly parameter: CheckParameter }) {
  return (
    <Table.Tr>
      <Table.Td>{title}</Table.Td>
      <Table.Td>{parameterWords(type, value)}</Table.Td>
      <Table.Td>{parameterWords(type, byDefault)}</Table.Td>
    </Table.Tr>
  );
}
