import '@fontsource-variable/inter/wght.css';
import '@mantine/core/styles.css';
import { Box, MantineProvider } from '@mantine/core';
import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import type { FormContext } from '../src/form/form-context.js';
import { type FormSchema, readForm } from '../src/form/form-schema.js';
import { type FormValue, settingsOf } from '../src/form/form-values.js';
import { SettingsForm } from '../src/form/SettingsForm.js';
import { theme } from '../src/theme.js';

/** A form to look at, with nothing behind it: for pictures of fields, and for tests of the form alone. */
export interface Shown {
  readonly form: FormSchema;
  readonly issues?: Readonly<Record<string, string>>;
  readonly hints?: Readonly<Record<string, string>>;
  readonly stored?: Readonly<Record<string, string>>;
}

declare global {
  interface Window {
    /** Shows a form in place of the one before. */
    show: (shown: Shown) => void;
    /** What the form would send. */
    settings: () => unknown;
  }
}

const root = createRoot(document.querySelector('#gallery') ?? document.body);
let shows = 0;
window.show = (shown) => {
  shows += 1;
  root.render(
    <MantineProvider theme={theme}>
      <Gallery key={shows} {...shown} />
    </MantineProvider>,
  );
};

function Gallery({ form: schema, issues = {}, hints = {}, stored = {} }: Shown) {
  const fields = readForm(schema);
  const [values, setValues] = useState<ReadonlyMap<string, FormValue>>(new Map());
  const [entered, setEntered] = useState('');
  window.settings = () => settingsOf(fields, values);
  const form: FormContext = {
    values,
    issues: new Map(Object.entries(issues)),
    hints: new Map(Object.entries(hints)),
    stored: new Map(Object.entries(stored)),
    disabled: false,
    change: (key, value) => setValues((before) => new Map(before).set(key, value)),
    enter: setEntered,
    leave: () => undefined,
  };
  return (
    <Box id="form" w={440} p="lg" data-entered={entered}>
      <SettingsForm fields={fields} form={form} />
    </Box>
  );
}
