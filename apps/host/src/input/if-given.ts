import { ValidateIf } from 'class-validator';

/** The other rules count only if the field is there. Left out is not the same as `null`, which says something that cannot be meant. */
export const IfGiven = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined);
