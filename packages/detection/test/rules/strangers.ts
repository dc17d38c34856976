import { DAY, type Line, line, over } from './log-line.js';

/** A device, an address, a place and a proxy that `ann` has not used before. */
export const DEVICE: Line = { debugContext: { debugData: { dtHash: 'dt-stranger' } } };
export const ADDRESS: Line = {
  client: { ipAddress: '198.51.100.7' },
  securityContext: { asNumber: 64999, asOrg: 'Example Net' },
};
export const ABROAD: Line = over(ADDRESS, {
  client: {
    geographicalContext: {
      city: 'São Paulo',
      state: 'São Paulo',
      country: 'Brazil',
      geolocation: { lat: -23.55, lon: -46.63 },
    },
  },
});
export const PROXY: Line = { securityContext: { isProxy: true } };
export const HIGH_RISK: Line = { debugContext: { debugData: { risk: '{reasons=Anomalous Device, level=HIGH}' } } };

export const all = (...parts: readonly Line[]): Line => parts.reduce(over, {});

/** A sign-in of `ann` in the office, so long ago that what is new since is known to be. */
export const before = (days = 10, more: Line = {}): Line => line('user.session.start', more, -days * DAY);

export const ADMIN = { roles: ['HELP_DESK_ADMIN'], isSuperAdmin: false };
export const SUPER_ADMIN = { roles: ['SUPER_ADMIN'], isSuperAdmin: true };
