export interface Bucket {
  readonly id: string;
  /** Requests a minute that a fresh client gets: half of what a workforce org has. */
  readonly perMinute: number;
}

interface BucketRule extends Bucket {
  readonly path: RegExp;
}

/** First match wins, so the exact paths stand before the prefixes. */
const RULES: readonly BucketRule[] = [
  { id: '/oauth2/v1/token', perMinute: 1000, path: /^\/oauth2\/v1\/token$/ },
  { id: '/oauth2/v1/clients', perMinute: 50, path: /^\/oauth2\/v1\/clients(\/|$)/ },
  { id: '/api/v1/users/{id}', perMinute: 1000, path: /^\/api\/v1\/users\/[^/]+$/ },
  { id: '/api/v1/users', perMinute: 300, path: /^\/api\/v1\/users(\/|$)/ },
  // Numbers without a source: no table of Okta's ever named them. Buckets of their own are what clients report.
  { id: '/api/v1/groups/{id}/skinny_users', perMinute: 500, path: /^\/api\/v1\/groups\/[^/]+\/skinny_users$/ },
  { id: '/api/v1/apps/{id}/skinny_users', perMinute: 250, path: /^\/api\/v1\/apps\/[^/]+\/skinny_users$/ },
  { id: '/api/v1/groups', perMinute: 250, path: /^\/api\/v1\/groups\/rules(\/|$)/ },
  { id: '/api/v1/groups/{id}', perMinute: 500, path: /^\/api\/v1\/groups\/[^/]+$/ },
  { id: '/api/v1/groups', perMinute: 250, path: /^\/api\/v1\/groups(\/|$)/ },
  { id: '/api/v1/apps/{id}', perMinute: 250, path: /^\/api\/v1\/apps\/[^/]+$/ },
  { id: '/api/v1/apps', perMinute: 50, path: /^\/api\/v1\/apps(\/|$)/ },
  { id: '/api/v1/logs', perMinute: 60, path: /^\/api\/v1\/logs(\/|$)/ },
  { id: '/api/v1/iam', perMinute: 150, path: /^\/api\/v1\/iam(\/|$)/ },
  { id: '/api/v1/devices', perMinute: 50, path: /^\/api\/v1\/devices(\/|$)/ },
];

const REST: Bucket = { id: '/api/v1', perMinute: 600 };

export function bucketOf(path: string): Bucket {
  return RULES.find((rule) => rule.path.test(path)) ?? REST;
}
