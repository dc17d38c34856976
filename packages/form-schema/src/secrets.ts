import type { ConfigClass } from './config-class.js';
import { type Field, fieldsOf } from './field.js';

/** Dotted paths of all secret settings, those of every variant included: what is sealed, redacted and never sent back. */
export function secretPaths(config: ConfigClass): readonly string[] {
  return pathsOf(config, (field) => field.widget === 'secret' || field.widget === 'multiline-secret');
}

/** Dotted paths of all addresses. When one changes, the stored secrets are thrown away: they belong to the old address. */
export function originPaths(config: ConfigClass): readonly string[] {
  return pathsOf(config, (field) => field.widget === 'origin');
}

function pathsOf(config: ConfigClass, wanted: (field: Field) => boolean): readonly string[] {
  const paths = fieldsOf(config).flatMap((field) => {
    if (wanted(field)) return [field.key];
    if (field.widget !== 'variant') return [];
    return field.variants.flatMap((variant) => pathsOf(variant.config, wanted).map((path) => `${field.key}.${path}`));
  });
  return [...new Set(paths)];
}
