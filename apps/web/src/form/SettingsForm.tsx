import { Accordion, Alert, Stack } from '@mantine/core';
import { useEffect, useState } from 'react';
import { FieldControl } from './FieldControl.js';
import type { FormField } from './form-schema.js';
import type { FormContext } from './form-context.js';
import { isSaidOf, unclaimed } from './form-keys.js';

/** The settings of any connector. Fields of the main part first; each group is folded away under its name until it is wanted. */
export function SettingsForm({ fields, form }: { readonly fields: readonly FormField[]; readonly form: FormContext }) {
  const [opened, setOpened] = useState<readonly string[]>(
    fields.flatMap(({ key, group }) => (key === form.asked && group !== undefined ? [group] : [])),
  );
  const { asked } = form;
  useEffect(() => {
    if (asked === undefined) return undefined;
    // The dialog gives it the focus, and leaves it where it is.
    const timer = setTimeout(() => document.querySelector('[data-autofocus]')?.scrollIntoView({ block: 'center' }));
    return () => clearTimeout(timer);
  }, [asked]);
  const groups = groupsOf(fields);
  // An issue that nobody sees is an issue that nobody mends.
  const withIssues = groups
    .filter(([, members]) => members.some(({ key }) => isSaidOf(form.issues, key)))
    .map(([name]) => name);
  const elsewhere = unclaimed(fields, form.issues);
  return (
    <Stack gap="md">
      {elsewhere.length > 0 && (
        <Alert color="red">
          {elsewhere.map(([path, issue]) => (
            <div key={path}>{path === '' ? issue : `${path}: ${issue}`}</div>
          ))}
        </Alert>
      )}
      {fields
        .filter(({ group }) => group === undefined)
        .map((field) => (
          <FieldControl key={field.key} field={field} form={form} />
        ))}
      {groups.length > 0 && (
        <Accordion
          multiple
          variant="contained"
          value={[...new Set([...opened, ...withIssues])]}
          onChange={(names) => setOpened(names)}
        >
          {groups.map(([name, members]) => (
            <Accordion.Item key={name} value={name}>
              <Accordion.Control>{name}</Accordion.Control>
              <Accordion.Panel>
                <Stack gap="md">
                  {members.map((field) => (
                    <FieldControl key={field.key} field={field} form={form} />
                  ))}
                </Stack>
              </Accordion.Panel>
            </Accordion.Item>
          ))}
        </Accordion>
      )}
    </Stack>
  );
}

/** Groups in the order in which their first fields come. */
function groupsOf(fields: readonly FormField[]): readonly (readonly [string, readonly FormField[]])[] {
  const groups = new Map<string, FormField[]>();
  for (const field of fields) {
    if (field.group === undefined) continue;
    const members = groups.get(field.group);
    if (members === undefined) groups.set(field.group, [field]);
    else members.push(field);
  }
  return [...groups];
}
