/** The integration with a simulated organisation: that of an earlier start, or a new one. @returns `{ integration, isNew }` */
export async function connect(api, connector, config) {
  const { items } = await api.call('GET', '/integrations');
  const known = items.find((integration) => integration.connector.id === connector && isSamePlace(integration.config, config));
  if (known === undefined) return { integration: await api.call('POST', '/integrations', { connector, config }), isNew: true };
  // A plain start in between could not reach the simulated organisation, and says so until it is read again.
  if (known.status.state !== 'healthy') await api.call('POST', `/integrations/${known.id}/sync`);
  return { integration: known, isNew: false };
}

/** Whatever a connector calls its address: one of its settings holds it, and the simulator is the only one there. */
function isSamePlace(stored, config) {
  const addresses = Object.entries(config).filter(([, value]) => typeof value === 'string' && /^https?:\/\//.test(value));
  return addresses.every(([name, value]) => stored[name] === value);
}
