import { readmePages } from '../.vitepress/content.js';

export default {
  watch: ['../../*.md', '../../{apps,packages}/*/README.md'],
  paths: () => readmePages().map(({ name, content }) => ({ params: { name }, content })),
};
