import type { FieldGuide } from '@castellan/form-schema';
import type { FormField, FormVariant } from '../form/form-schema.js';

/** What is said beside the form of where somebody is. */
export interface GuidePlace {
  readonly label: string;
  readonly guide: FieldGuide | undefined;
  /** The way that the field belongs to, with what to do for all of it. */
  readonly way?: FormVariant;
}

/** @param key of a field or of a way to fill one, as `FormContext.enter` gets it */
export function placeOf(fields: readonly FormField[], key: string, way?: FormVariant): GuidePlace | undefined {
  for (const field of fields) {
    if (field.key === key) return { label: field.label, guide: field.guide, ...(way && { way }) };
    if (field.widget !== 'variant') continue;
    for (const variant of field.variants) {
      if (variant.key === key) return { label: variant.label, guide: variant.guide ?? field.guide };
      const inner = placeOf(variant.fields, key, variant);
      if (inner !== undefined) return inner;
    }
  }
  return undefined;
}
