import { createTheme } from '@mantine/core';

/** Calm and dense: one accent, small radii, text that can be read for hours. */
export const theme = createTheme({
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  primaryColor: 'indigo',
  defaultRadius: 'sm',
  cursorType: 'pointer',
});
