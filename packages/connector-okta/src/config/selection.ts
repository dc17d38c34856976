/** What of the organisation is read. */
export interface Selection {
  /** @param type Okta's `type` of the group (`OKTA_GROUP`, `APP_GROUP`, `BUILT_IN`); `null` when it does not say. */
  group(name: string | null, type: string | null): boolean;
  application(label: string | null): boolean;
  /** One plain sentence for each thing that is left out; empty when nothing is. */
  describe(): readonly string[];
}

/** Stand-in until the settings have their own file: exact names and one trailing `*` only. */
export function selectionOf(config: object): Selection {
  const settings = new Map<string, unknown>(Object.entries(config));
  const matches = (key: string, name: string | null): boolean => {
    const patterns: unknown = settings.get(key);
    if (!Array.isArray(patterns)) return false;
    return patterns.some((pattern: unknown) =>
      typeof pattern === 'string' && pattern.endsWith('*') ? name?.startsWith(pattern.slice(0, -1)) : pattern === name,
    );
  };
  const isChosen = (what: string, name: string | null): boolean => {
    const include: unknown = settings.get(`include${what}`);
    const any = !Array.isArray(include) || include.length === 0;
    return (any || matches(`include${what}`, name)) && !matches(`exclude${what}`, name);
  };
  return {
    group: (name, type) => !(settings.get('skipAppGroups') === true && type === 'APP_GROUP') && isChosen('Groups', name),
    application: (label) => isChosen('Applications', label),
    describe: () =>
      ['includeGroups', 'excludeGroups', 'includeApplications', 'excludeApplications', 'skipAppGroups']
        .filter((key) => settings.has(key))
        .map((key) => `The setting ${key} leaves something out.`),
  };
}
