import '@fontsource-variable/inter/wght.css';
import '@mantine/core/styles.css';
import type { FormSchema } from '@castellan/form-schema';
import { Box, MantineProvider } from '@mantine/core';
import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import type { FormContext } from '../src/form/form-context.js';
import { byKey } from '../src/form/form-keys.js';
import { type JsonObject, readForm } from '../src/form/form-schema.js';
import { changed, type FormValues, settingsOf, valuesOf } from '../src/form/form-values.js';
import { SettingsForm } from '../src/form/SettingsForm.js';
import { theme } from '../src/theme.js';

/** A form to look at, with nothing behind it: for pictures of fields, and for tests of the form alone. */
export interface Shown {
  readonly form: FormSchema;
  /** What the host would give for settings that are stored. */
  readonly settings?: JsonObject;
  /** By path, as the host says them of the settings that are shown at first. */
  readonly issues?: Readonly<Record<string, string>>;
  readonly hints?: Readonly<Record<string, string>>;
  readonly stored?: Readonly<Record<string, string>>;
  /** Texts to stand below fields, by key. */
  readonly below?: Readonly<Record<string, string>>;
}

declare global {
  interface Window {
    /** Shows a form in place of the one before. */
    show: (shown: Shown) => void;
    /** What the form would send. */
    settings: () => unknown;
    /** Changes what the host says, and leaves alone what was typed. */
    say: (said: Pick<Shown, 'issues' | 'hints' | 'stored'>) => void;
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

function Gallery({ form: schema, settings = {}, below = {}, ...initial }: Shown) {
  const fields = readForm(schema);
  const first = valuesOf(fields, settings);
  const [said, say] = useState<Pick<Shown, 'issues' | 'hints' | 'stored'>>(initial);
  const [values, setValues] = useState<FormValues>(first);
  const [entered, setEntered] = useState('');
  const [left, setLeft] = useState('');
  window.settings = () => settingsOf(fields, values);
  window.say = say;
  const keyed = (texts: Readonly<Record<string, string>> = {}) => byKey(fields, first, Object.entries(texts));
  const form: FormContext = {
    values,
    issues: keyed(said.issues),
    hints: keyed(said.hints),
    stored: keyed(said.stored),
    disabled: false,
    change: (key, value) => setValues((before) => changed(before, key, value)),
    enter: setEntered,
    leave: (key) => {
      setLeft(key);
      setEntered((at) => (at === key ? '' : at));
    },
    below: (key) => below[key],
  };
  return (
    <Box id="form" w={440} p="lg" data-entered={entered} data-left={left}>
      <SettingsForm fields={fields} form={form} />
    </Box>
  );
}
