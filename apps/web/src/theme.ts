import {
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  Notification,
  type VariantColorsResolver,
} from '@mantine/core';

/** Of signs and accents; shade 7 on white and shade 4 on the darkest grey both have more than 4.5:1. */
const castle: MantineColorsTuple = [
  '#eef2ff',
  '#dfe5fb',
  '#bcc8f2',
  '#96a9ea',
  '#7890e3',
  '#5f7bdc',
  '#4f6dd6',
  '#3f5bc4',
  '#3550ad',
  '#27408f',
];

/** On a light ground of their own colour Mantine's have as little as 3.6:1. */
const READABLE: Readonly<Record<string, string>> = {
  green: 'var(--castellan-green)',
  yellow: 'var(--castellan-amber)',
  orange: 'var(--castellan-amber)',
  red: 'var(--castellan-red)',
  blue: 'var(--castellan-blue)',
};

const variantColorResolver: VariantColorsResolver = (input) => {
  const colors = defaultVariantColorsResolver(input);
  const color = READABLE[input.color ?? ''];
  return input.variant === 'light' && color !== undefined ? { ...colors, color } : colors;
};

/** Calm and dense: one accent, small radii, text that can be read for hours. */
export const theme = createTheme({
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  colors: { castle },
  variantColorResolver,
  // Without a name a reader says "button" of it.
  components: { Notification: Notification.extend({ defaultProps: { closeButtonProps: { 'aria-label': 'Dismiss' } } }) },
  primaryColor: 'castle',
  primaryShade: { light: 7, dark: 6 },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  headings: {
    fontWeight: '600',
    sizes: { h1: { fontSize: '1.375rem' }, h2: { fontSize: '1.0625rem' }, h3: { fontSize: '0.9375rem' } },
  },
});
