import { oktaConnector } from './okta-connector.js';

/** Each scope that a stream of the Okta connector needs, with those streams; what everybody grants comes first. */
export function oktaScopes(): string {
  const { streams } = oktaConnector;
  const scopes = [...new Set(streams.flatMap(({ requires }) => requires))].map((scope) => {
    const opened = streams.filter(({ requires }) => requires.includes(scope));
    return { scope, opened, isExtra: opened.every(({ pack }) => pack !== undefined) };
  });
  const rows = scopes
    .toSorted((a, b) => Number(a.isExtra) - Number(b.isExtra))
    .map(({ scope, opened, isExtra }) => {
      const names = opened.map(({ name }) => `\`${name}\``).join(', ');
      return `| \`${scope}\` | ${names} | ${isExtra ? 'with posture' : 'always'} |`;
    });
  return ['| scope | streams | asked for |', '| --- | --- | --- |', ...rows].join('\n');
}
