import { describeForm } from '@castellan/form-schema';
import { connectorOf } from '../connectors.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import type { Output } from '../output.js';

/** `castellan spec ID`: everything that a product needs to offer the connector. */
export async function spec(id: string, output: Output): Promise<ExitCode> {
  const connector = await connectorOf(id);
  const { displayName, sdkVersion, capabilities, config, streams } = connector;
  // Those of a pack are needed only by who switches it on: they stand with its streams.
  const always = streams.filter((stream) => stream.pack === undefined);
  const scopes = [...new Set(always.flatMap((stream) => stream.requires))].toSorted();
  const actions = connector.actions.map(({ input, ...action }) => ({ ...action, form: describeForm(input) }));
  await output.json({ id, displayName, sdkVersion, capabilities, scopes, streams, actions, form: describeForm(config) });
  const does = actions.length === 0 ? '' : `, ${actions.length} actions`;
  output.say(`${displayName}: ${streams.length} streams${does}; needs ${scopes.join(' ')}`);
  return EXIT.ok;
}
