import type { DefaultTheme } from 'vitepress';
import { decisions } from './derived/decisions.js';
import { TOPICS } from './reference/topics.js';
import { PACKAGE_PAGES } from './repository.js';

/** Every page, in the order of its readers' tasks. A page that is not here fails the build. */
export const sidebar: DefaultTheme.SidebarItem[] = [
  {
    text: 'Start',
    items: [
      { text: 'What Castellan is', link: '/' },
      { text: 'Set up and connect', link: '/readme/castellan' },
      { text: 'Concepts', link: '/concepts' },
    ],
  },
  {
    text: 'Connect Okta',
    items: [{ text: 'Guide for administrators', link: '/okta' }],
  },
  {
    text: 'See what is weak',
    items: [{ text: 'Posture', link: '/posture' }],
  },
  {
    text: 'See attacks',
    items: [{ text: 'Detection', link: '/detection' }],
  },
  {
    text: 'Respond',
    items: [
      { text: 'Remediation', link: '/remediation' },
      { text: 'Playbooks', link: '/playbooks' },
    ],
  },
  {
    text: 'Build a connector',
    items: [
      { text: 'Your first connector', link: '/connectors/first-connector' },
      { text: 'Form fields', link: '/connectors/form-fields' },
      { text: 'Paging and cursors', link: '/connectors/paging' },
      { text: 'Rate limits', link: '/connectors/rate-limits' },
      { text: 'Error kinds', link: '/connectors/errors' },
      { text: 'What becomes of records', link: '/connectors/records' },
      { text: 'Testing', link: '/connectors/testing' },
      { text: 'Publishing', link: '/connectors/publishing' },
      { text: 'Mistakes that others made', link: '/connectors/mistakes' },
    ],
  },
  {
    text: 'Contract reference',
    items: TOPICS.map(({ name, title }) => ({ text: title, link: `/reference/${name}` })),
  },
  {
    text: 'Build on the API',
    items: [{ text: 'Guide and client', link: '/api' }],
  },
  {
    text: 'Run a host',
    items: [
      { text: 'Operations', link: '/operations' },
      { text: 'Security', link: '/security' },
    ],
  },
  {
    text: 'Work on Castellan',
    items: [
      { text: 'How we work', link: '/readme/contributing' },
      { text: 'House style', link: '/readme/style' },
    ],
  },
  {
    text: 'Packages',
    collapsed: true,
    items: PACKAGE_PAGES.map(({ name }) => ({ text: name, link: `/readme/${name}` })),
  },
  {
    text: 'Decisions',
    collapsed: true,
    items: [
      { text: 'All decisions', link: '/adr/' },
      ...decisions().map(({ file, title }) => ({ text: title, link: `/adr/${file.replace(/\.md$/, '')}` })),
    ],
  },
];
