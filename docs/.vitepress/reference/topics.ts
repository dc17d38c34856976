/** One page of the reference: what the files of a package say about one subject. */
export interface Topic {
  /** Part of the page's address. */
  readonly name: string;
  readonly title: string;
  /** What the page is for, in a sentence or two. */
  readonly lead: string;
  readonly package: string;
  /** Below the package's `src`, in the order in which they are read. */
  readonly files: readonly string[];
}

const SDK = 'connector-sdk';

/** Every file whose declarations a package exports has its place here: a check finds one that has none. */
export const TOPICS: readonly Topic[] = [
  {
    name: 'connector',
    title: 'Connector',
    lead: 'What the host sees of a connector, what an author writes, and what a connector is handed.',
    package: SDK,
    files: ['define-connector.ts', 'connector.ts', 'connection-memory.ts', 'logger.ts', 'json.ts', 'sdk-version.ts'],
  },
  {
    name: 'streams',
    title: 'Streams and pages',
    lead: 'A stream gives its records page by page; each page says where to go on.',
    package: SDK,
    files: ['stream.ts', 'stream-switches.ts', 'synced.ts', 'in-order.ts', 'page-trail.ts'],
  },
  {
    name: 'records',
    title: 'Records',
    lead: 'The vocabulary that every connector maps to. Every field is given; `null` means that the provider did not say.',
    package: SDK,
    files: [
      'records.ts',
      'exposure-records.ts',
      'posture-records.ts',
      'setting-values.ts',
      'record-fields.ts',
      'vocabulary.ts',
    ],
  },
  {
    name: 'errors',
    title: 'Errors',
    lead: 'An error has a kind; the kind says who acts, and what the error ends.',
    package: SDK,
    files: ['errors.ts'],
  },
  {
    name: 'http',
    title: 'HTTP',
    lead: 'The one way to the provider: retries, rate limits, link hosts, size limits and abort are behind it.',
    package: SDK,
    files: ['http.ts'],
  },
  {
    name: 'refresh',
    title: 'Refresh and delta',
    lead: 'Optional members of a stream: read parts again, or what has changed since a moment.',
    package: SDK,
    files: ['refresh.ts'],
  },
  {
    name: 'actions',
    title: 'Actions',
    lead: 'What a connector can do at the provider: validated input, asked twice and done once.',
    package: SDK,
    files: ['action.ts', 'action-grants.ts'],
  },
  {
    name: 'plan',
    title: 'Plan',
    lead: 'What a run will cost in calls and time. Optional.',
    package: SDK,
    files: ['plan.ts'],
  },
  {
    name: 'form-fields',
    title: 'Form fields',
    lead: 'Decorators that describe a setting once, and what is made of them.',
    package: 'form-schema',
    files: [
      'fields.ts',
      'field.ts',
      'guide.ts',
      'config-class.ts',
      'validate-config.ts',
      'json-schema.ts',
      'origin.ts',
      'secrets.ts',
      'chosen-fields.ts',
    ],
  },
];
