import { KEY_ALGORITHMS, type KeyAlgorithm } from '@castellan/connector-sdk';
import { IsIn, IsOptional } from 'class-validator';

export class KeysInput {
  /** Default RS256, which every provider takes. */
  @IsOptional()
  @IsIn(KEY_ALGORITHMS, { message: `Must be one of: ${KEY_ALGORITHMS.join(', ')}.` })
  readonly algorithm?: KeyAlgorithm;
}
