/** Mean radius of the earth. */
const RADIUS_KM = 6_371;

type Place = readonly [latitude: number, longitude: number];

/** The shortest way over the ground between two places, in degrees (haversine). */
export function kilometres([latitude, longitude]: Place, [otherLatitude, otherLongitude]: Place): number {
  const radians = (degrees: number): number => (degrees * Math.PI) / 180;
  const high = Math.sin(radians(otherLatitude - latitude) / 2) ** 2;
  const wide = Math.sin(radians(otherLongitude - longitude) / 2) ** 2;
  const half = high + Math.cos(radians(latitude)) * Math.cos(radians(otherLatitude)) * wide;
  return 2 * RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(half)));
}
