import { readmePages } from '../.vitepress/content.js';

export default {
  watch: ['../../README.md', '../../{apps,packages}/*/README.md'],
  paths: () => readmePages().map(({ name, content }) => ({ params: { name }, content })),
};
