import type { ConfigClass } from './config-class.js';
import { type Field, fieldsOf, isAddressField, isSecretField } from './field.js';

/** Dotted paths of all secret settings, those of every variant included: what is sealed, redacted and never sent back. */
export function secretPaths(config: ConfigClass): readonly string[] {
  return pathsOf(config, isSecretField);
}

/** Dotted paths of all addresses. When one changes, stored secrets are not used any more: they belong to the old address. */
export function addressPaths(config: ConfigClass): readonly string[] {
  return pathsOf(config, isAddressField);
}

function pathsOf(config: ConfigClass, wanted: (field: Field) => boolean): readonly string[] {
  const paths = fieldsOf(config).flatMap((field) => {
    if (wanted(field)) return [field.key];
    if (field.widget !== 'variant') return [];
    return field.variants.flatMap((variant) => pathsOf(variant.config, wanted).map((path) => `${field.key}.${path}`));
  });
  return [...new Set(paths)];
}
