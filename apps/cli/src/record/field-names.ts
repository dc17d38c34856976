/**
 * What the name of a field says about its value. Everything that is not known here is taken for something about a person:
 * `--keep` names fields that a connector must read as they are.
 */

/** Last words of names whose value is one of a few that the provider has made up: `status`, `factorType`, `token_endpoint_auth_method`. */
const CODES: ReadonlySet<string> = new Set(
  `action alg algorithm algorithms category class code crv error event features format kind kty lifecycle method methods mode op operator
  outcome permissions pipeline platform priority protocol reason rel result schemas scope scopes severity state status step subtype types
  type use vendor version visibility`.split(/\s+/),
);
/** The same, where only the whole name says so. */
const CODE_NAMES: ReadonlySet<string> = new Set([
  'allow',
  'hints',
  'rels',
  'errorcode',
  'vendorname',
  'issuermode',
  'encoding',
]);

/** Numbers that say how much, not who. */
const AMOUNTS: ReadonlySet<string> = new Set(
  `count total totals limit size index offset page pages perpage in seconds minutes hours days ms length max min version priority results
  width height port attempts retries order weight start skip top take first`.split(/\s+/),
);

/** Parts of names whose value is about a person whatever it looks like. */
const PERSONAL =
  /birth|dob$|ssn|(^|[^a-z])(age|sex|gender|salary|wage|lat|lon|lng)([^a-z]|$)|latitude|longitude|employee|phone|mobile|fax|postal|zip|street|nationalid|taxid|passport/;

/** Last words of names whose value other requests are addressed with. */
const ADDRESSED_BY: ReadonlySet<string> = new Set('id ids uuid guid uid login username slug handle'.split(' '));

/** Beside one of these a `state` or a `region` is a place where somebody is. */
const PLACES: ReadonlySet<string> = new Set(
  'city country street streetaddress postalcode zip zipcode locality postaladdress'.split(' '),
);

/** Fields that hold whatever an organisation has put there: nothing in them is the provider's. */
const FREE_FORM: ReadonlySet<string> = new Set(
  'profile attributes customattributes customfields custom properties userattributes extra metadata labels annotations'.split(
    ' ',
  ),
);

export function isCodeName(name: string): boolean {
  return CODES.has(lastWord(name)) || CODE_NAMES.has(joined(name));
}

export function isAmountName(name: string): boolean {
  return AMOUNTS.has(lastWord(name));
}

export function isPersonalName(name: string): boolean {
  return PERSONAL.test(wordsOf(name).join(' ')) || PERSONAL.test(joined(name));
}

export function isAddressName(name: string): boolean {
  return ADDRESSED_BY.has(lastWord(name));
}

export function isPlaceName(name: string): boolean {
  return PLACES.has(joined(name));
}

export function isStateName(name: string): boolean {
  return lastWord(name) === 'state';
}

export function isFreeForm(name: string): boolean {
  return FREE_FORM.has(joined(name));
}

function lastWord(name: string): string {
  return wordsOf(name).at(-1) ?? '';
}

function joined(name: string): string {
  return wordsOf(name).join('');
}

function wordsOf(name: string): readonly string[] {
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return words.split(/[^a-z0-9]+/).filter((word) => word !== '');
}
