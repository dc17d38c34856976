import { defineConfig } from 'vitepress';
import { checkSite } from './checks/check-site.js';
import { madeContent } from './content.js';
import { derivedParts } from './derived/derived.js';
import { fileCaption } from './markdown/file-caption.js';
import { repositoryLinks } from './markdown/repository-links.js';
import { slugOf } from './markdown/slug.js';
import { sidebar } from './sidebar.js';

const made = madeContent();

export default defineConfig({
  title: 'Castellan',
  description: 'Connects to the systems that hold identities, and keeps what it finds.',
  lang: 'en',
  head: [['link', { rel: 'icon', href: '/icon.svg', type: 'image/svg+xml' }]],
  markdown: {
    anchor: { slugify: slugOf },
    config(md) {
      derivedParts(md);
      repositoryLinks(md);
      fileCaption(md);
    },
  },
  themeConfig: {
    logo: '/icon.svg',
    sidebar,
    outline: [2, 3],
    nav: [
      { text: 'Concepts', link: '/concepts' },
      { text: 'Connectors', link: '/connectors/paging', activeMatch: '^/(connectors|reference)/' },
      { text: 'API', link: '/api' },
      { text: 'Operations', link: '/operations' },
    ],
    search: {
      provider: 'local',
      options: {
        // The default reads each page's file; a page that is made of others has none.
        async _render(source, env, md) {
          const html = await md.renderAsync(made.get(env.relativePath) ?? source, env);
          return env.frontmatter?.['search'] === false ? '' : html;
        },
      },
    },
  },
  buildEnd: checkSite,
});
