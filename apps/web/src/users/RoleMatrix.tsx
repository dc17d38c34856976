import { OPERATOR_PERMISSIONS, PERMISSIONS, type Permission, permissionsOf, ROLES } from '@castellan/api';
import { Code, Stack, Table, Text, Title, VisuallyHidden } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { Fragment } from 'react';
import { SmallTable } from '../states/SmallTable.js';
import { inGroups } from './permission-groups.js';
import { ROLE_WORDS } from './user-looks.js';

const COLUMNS: readonly { readonly word: string; readonly may: ReadonlySet<Permission> }[] = [
  ...ROLES.toReversed().map((role) => ({ word: ROLE_WORDS[role], may: permissionsOf(role) })),
  { word: 'Operator', may: new Set(OPERATOR_PERMISSIONS) },
];

/** What each role may do, from the list that the host itself decides by. */
export function RoleMatrix() {
  return (
    <Stack gap="xs" component="section" aria-labelledby="roles">
      <Title order={2} id="roles">
        What each role may do
      </Title>
      <Text size="sm" c="dimmed">
        To be operator comes on top of a role: an operator looks after the host, and so after all workspaces.
      </Text>
      <SmallTable
        label="What each role may do"
        heads={['Permission', ...COLUMNS.map(({ word }) => word)]}
        hasActions={false}
        minWidth={620}
      >
        {inGroups().map(({ title, permissions }) => (
          <Fragment key={title}>
            <Table.Tr bg="var(--castellan-hover)">
              <Table.Th scope="rowgroup" colSpan={COLUMNS.length + 1}>
                {title}
              </Table.Th>
            </Table.Tr>
            {permissions.map((permission) => (
              <Table.Tr key={permission}>
                <Table.Td>
                  {PERMISSIONS[permission]} <Code>{permission}</Code>
                </Table.Td>
                {COLUMNS.map(({ word, may }) => (
                  <Table.Td key={word}>{may.has(permission) ? <Yes /> : <VisuallyHidden>no</VisuallyHidden>}</Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Fragment>
        ))}
      </SmallTable>
    </Stack>
  );
}

function Yes() {
  return (
    <>
      <IconCheck size={17} aria-hidden color="var(--castellan-green)" />
      <VisuallyHidden>yes</VisuallyHidden>
    </>
  );
}
