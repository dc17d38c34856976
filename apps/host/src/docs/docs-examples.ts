import { freeForm } from './examples.js';

/** Cut short: all of it is the page that you read. */
export const DOCUMENT_EXAMPLE = {
  openapi: '3.1.0',
  info: { title: 'Castellan', version: '1', description: 'The REST API of Castellan.' },
  servers: [{ url: '/' }],
  tags: [{ name: 'Health' }],
  paths: freeForm({
    '/api/health/live': { get: { operationId: 'healthLive', summary: 'Tell whether this process answers' } },
  }),
  components: freeForm({ schemas: { Problem: { type: 'object' } } }),
};
