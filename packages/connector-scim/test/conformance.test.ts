import { describeConnector } from '@castellan/connector-testkit';
import { connector } from '../src/index.js';
import { configFor, upstream } from './support/upstream.js';

describeConnector(connector, { upstream, config: configFor });
