/** Names whose value is a secret whatever it is. Compared without case, `-` and `_`. */
const SECRET_NAMES: ReadonlySet<string> = new Set([
  'accesstoken',
  'apikey',
  'apitoken',
  'assertion',
  'authorization',
  'clientassertion',
  'clientsecret',
  'cookie',
  'dpop',
  'idtoken',
  'passphrase',
  'password',
  'privatekey',
  'proxyauthorization',
  'refreshtoken',
  'secret',
  'setcookie',
  'token',
]);

/** Whether a field or parameter of this name holds a secret: those that we and our connectors give things. */
export function isSecretName(name: string): boolean {
  return SECRET_NAMES.has(joined(name));
}

/** Inside of a name that somebody else has chosen: `userPassword`, `totp_secret`, `X-Api-Key`, `passwordHash`. */
const SOUNDS_SECRET =
  /secret|passw|passphrase|passcode|token|(api|private|access|signing|master|encryption|shared|auth|hmac|account|recovery)key|bearer|assertion|authorization|cookie|signature|hash|salt|recoverycode|backupcode/;
/** Too short to look for inside of other words. */
const SECRET_WORDS: ReadonlySet<string> = new Set(
  'auth answer credential dpop jwt otp totp pass pat pin psk pwd seed sessionid sid sig signed'.split(' '),
);
/** A name that ends so tells about a secret without holding it: `passwordChanged`, `tokenType`, `token_endpoint_auth_method`. */
const ABOUT_SECRETS: ReadonlySet<string> = new Set(
  `algorithm allowed at attempts changed count created date days enabled endpoint expiration expired expires expiry id ids interval in last length
  lifetime limit lockout method methods min max minutes mode policy provider required reset rotation scheme scope scopes seconds status strength
  supported type types updated uri url usage validity`.split(/\s+/),
);
/** Names of parameters in addresses and forms: there a short word is what it is. */
const SECRET_PARAMETERS: ReadonlySet<string> = new Set('code key session state ticket nonce'.split(' '));

/**
 * The same for names that others have chosen, in bodies and headers: rather one too many. A value is better asked for again
 * than found in a file that was sent to somebody.
 */
export function soundsSecret(name: string): boolean {
  const words = wordsOf(name);
  const whole = words.join('');
  if (isSecretName(name) || SECRET_WORDS.has(whole)) return true;
  const last = words.at(-1) ?? '';
  if (words.length > 1 && ABOUT_SECRETS.has(last)) return false;
  return SOUNDS_SECRET.test(whole) || words.some((word) => SECRET_WORDS.has(word));
}

/** The same for a parameter of an address or a form. */
export function isSecretParameter(name: string): boolean {
  return SECRET_PARAMETERS.has(joined(name)) || soundsSecret(name);
}

function joined(name: string): string {
  return name.toLowerCase().replace(/[-_]/g, '');
}

/** `clientSecret` and `client_secret`: `['client', 'secret']`. */
function wordsOf(name: string): readonly string[] {
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return words.split(/[^a-z0-9]+/).filter((word) => word !== '');
}
