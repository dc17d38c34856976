/** The pack of the streams that say how an organisation is set up: read when the setting `posture` is on. */
export const POSTURE = 'posture';
