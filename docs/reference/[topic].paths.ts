import { referencePages } from '../.vitepress/content.js';

export default {
  watch: ['../../packages/{connector-sdk,form-schema}/src/*.ts'],
  paths: () => referencePages().map(({ name, content }) => ({ params: { topic: name }, content })),
};
