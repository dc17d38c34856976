import { type ConfigClass, fieldsOf, isAddressField } from '@castellan/form-schema';
import type { ConnectionCheck } from './connector.js';
import { type AnyConnectorError, todoFor, turnOf, withNeeds } from './errors.js';
import type { StreamInfo } from './stream.js';

/** The row of a connection test for what a probe throws: what to do follows from the kind, in the words of the form. */
export function unforeseenRow(
  error: AnyConnectorError,
  form: ConfigClass,
  config: object,
  streams: readonly StreamInfo[],
): ConnectionCheck {
  // A probe that throws has not said for whom: the customer grants what all streams need.
  const needs = [...new Set(streams.flatMap(({ requires }) => requires))];
  const address = fieldsOf(form).find(isAddressField);
  const todo = todoFor(withNeeds(error, needs), {
    nameOf: (path) => nameOf(form, config, path.split('.')) ?? `the setting ${path}`,
    ...(address !== undefined && { address: `"${address.label}"` }),
  });
  // Another server may answer where the address is wrong, and only its owner can look.
  const isTheirs = error.kind === 'upstream' && address !== undefined;
  const acting = { turn: isTheirs ? 'you' : turnOf(error.kind), todo } as const;
  return { name: 'connection', status: 'failed', error: error.view(), blocks: 'connection', ...acting };
}

/** The label of a setting, in quotation marks; inside of variants that of the one that was chosen. */
function nameOf(form: ConfigClass, config: unknown, [key, ...below]: readonly string[]): string | undefined {
  const field = fieldsOf(form).find((one) => one.key === key);
  if (field === undefined || below.length === 0) return field && `"${field.label}"`;
  if (field.widget !== 'variant') return undefined;
  const value = memberOf(config, field.key);
  const chosen = field.variants.find((variant) => variant.value === memberOf(value, field.discriminator));
  return chosen && nameOf(chosen.config, value, below);
}

function memberOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? new Map<string, unknown>(Object.entries(value)).get(key) : undefined;
}
