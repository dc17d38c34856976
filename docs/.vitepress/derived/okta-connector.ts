import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Connector } from '@castellan/connector-sdk';
import { ROOT } from '../repository.js';

/** As the host finds it: by name, among its own dependencies. */
const path = createRequire(join(ROOT, 'apps/host/package.json')).resolve('@castellan/connector-okta');
const loaded: { readonly connector: Connector } = await import(path);

export const oktaConnector = loaded.connector;
