import {
  MOST_MAIL_RECEIVERS,
  SEVERITIES,
  type Severity,
  WEBHOOK_FORMATS,
  WEBHOOK_KINDS,
  type WebhookFormat,
  type WebhookKind,
} from '@castellan/api';
import { SUBSCRIBABLE_TYPES, type SubscribableType } from '@castellan/storage';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  ValidateIf,
} from 'class-validator';
import { IfGiven } from '../input/if-given.js';
import { LONGEST_ADDRESS } from '../mail/mail-address.js';
import { LONGEST_TEMPLATE } from './formats/template.js';
import { LONGEST_URL } from './webhook-url.js';

const TEXT = { message: 'Must be text.' };
const URL_LENGTH = { message: `Must be at most ${LONGEST_URL} characters.` };
/** The database refuses NUL, and line breaks spoil lists and logs. */
const ONE_LINE = { message: 'Must not contain control characters.' };
const DESCRIPTION_LENGTH = { message: 'Must be at most 200 characters.' };
const LIST = { message: 'Must be a list of types of events. Leave it empty for all.' };
const KNOWN = { each: true, message: `Must be types of events: ${SUBSCRIBABLE_TYPES.join(', ')}.` };
const UNIQUE = { message: 'Must not name a type twice.' };
const ADDRESSES = { message: `Must be a list of 1 to ${MOST_MAIL_RECEIVERS} mail addresses.` };
const ADDRESS_TEXT = { each: true, message: 'Must be mail addresses, as text.' };
const ADDRESS_LENGTH = { each: true, message: `Must be mail addresses of at most ${LONGEST_ADDRESS} characters.` };
const FLAG = { message: 'Must be true or false.' };

class WebhookRules {
  @IsOptional()
  @IsString(TEXT)
  @Matches(/^\P{Cc}*$/u, ONE_LINE)
  @MaxLength(200, DESCRIPTION_LENGTH)
  readonly description?: string | null;

  /** Empty: all, also those that a later version adds. */
  @IfGiven()
  @IsArray(LIST)
  @ArrayMaxSize(SUBSCRIBABLE_TYPES.length, UNIQUE)
  @ArrayUnique(UNIQUE)
  @IsIn(SUBSCRIBABLE_TYPES, KNOWN)
  readonly eventTypes?: readonly SubscribableType[];

  /** `null`: of all. */
  @IsOptional()
  @IsIn(SEVERITIES, { message: `Must be one of: ${SEVERITIES.join(', ')}; or null for all.` })
  readonly leastSeverity?: Severity | null;

  @IfGiven()
  @IsIn(WEBHOOK_FORMATS, { message: `Must be one of: ${WEBHOOK_FORMATS.join(', ')}.` })
  readonly format?: WebhookFormat;

  /** Of `json` alone. */
  @IsOptional()
  @IsString(TEXT)
  @MaxLength(LONGEST_TEMPLATE, { message: `Must be at most ${LONGEST_TEMPLATE} characters.` })
  readonly template?: string | null;

  /** Of `mail` alone. */
  @IsOptional()
  @IsArray(ADDRESSES)
  @ArrayMinSize(1, ADDRESSES)
  @ArrayMaxSize(MOST_MAIL_RECEIVERS, ADDRESSES)
  @IsString(ADDRESS_TEXT)
  @MaxLength(LONGEST_ADDRESS, ADDRESS_LENGTH)
  readonly mailTo?: readonly string[] | null;

  @IfGiven()
  @IsBoolean(FLAG)
  readonly isEnabled?: boolean;
}

export class WebhookInput extends WebhookRules {
  @IfGiven()
  @IsIn(WEBHOOK_KINDS, { message: `Must be one of: ${WEBHOOK_KINDS.join(', ')}.` })
  readonly kind?: WebhookKind;

  /** Of `http` alone, which needs it; of the other kind a text is refused with words of its own. */
  @ValidateIf(({ kind, url }: WebhookInput) => kind !== 'mail' || typeof url === 'object')
  @IsString({ message: 'Is required: the https address to post to. Mail has "mailTo" and "kind": "mail" in its place.' })
  @MaxLength(LONGEST_URL, URL_LENGTH)
  readonly url?: string;
}

/** What is left out stays as it is. */
export class WebhookPatch extends WebhookRules {
  @IfGiven()
  @IsString(TEXT)
  @MaxLength(LONGEST_URL, URL_LENGTH)
  readonly url?: string;
}
