import { NumberField, SelectField, UrlField, VariantField } from '@castellan/form-schema';
import { withoutEndpoint } from './base-url.js';
import { BASIC_GUIDES, BEARER_GUIDES, CHOICE_GUIDE, OAUTH_GUIDES, SETTING_GUIDES } from './guides.js';
import { BasicAuth, BearerAuth, OAuthAuth, type ScimAuth } from './scim-auth.js';

const PAGES = 'Pages';

/** How lists are paged: by position (RFC 7644, section 3.4.2.4), by cursor (RFC 9865), or as the service says. */
export type PagingChoice = 'auto' | 'index' | 'cursor';

/** The settings of a SCIM integration: `{ url, auth: { method, ... } }` and what has a default. */
export class ScimConfig {
  @UrlField({
    label: 'Base URL',
    placeholder: 'https://api.acme.example.com/scim/v2',
    help: 'Of the SCIM 2.0 service: what stands before "/Users".',
    normalise: withoutEndpoint,
    guide: SETTING_GUIDES.url,
  })
  readonly url!: string;

  @VariantField({
    label: 'Credentials',
    guide: CHOICE_GUIDE,
    discriminator: 'method',
    variants: [
      { value: 'bearer', label: 'Token', config: BearerAuth, guide: BEARER_GUIDES.way },
      { value: 'basic', label: 'User name and password', config: BasicAuth, guide: BASIC_GUIDES.way },
      { value: 'oauth', label: 'OAuth 2.0 client credentials', config: OAuthAuth, guide: OAUTH_GUIDES.way },
    ],
  })
  readonly auth!: ScimAuth;

  /** 100: many services give no more, however many are asked for. What the service names as its most counts before this. */
  @NumberField({
    label: 'Resources in a page',
    help: 'At most what the service allows. Fewer help where it is slow.',
    group: PAGES,
    min: 1,
    max: 1_000,
    optional: true,
    guide: SETTING_GUIDES.pageSize,
  })
  readonly pageSize: number = 100;

  @SelectField({
    label: 'Paging',
    help: 'As the service says, unless it says the wrong thing.',
    group: PAGES,
    optional: true,
    options: [
      { value: 'auto', label: 'As the service says' },
      { value: 'index', label: 'By position' },
      { value: 'cursor', label: 'By cursor' },
    ],
    guide: SETTING_GUIDES.paging,
  })
  readonly paging: PagingChoice = 'auto';
}
