import { isIP } from 'node:net';

const ADDRESSES = ['aws:sourceip', 'aws:vpcsourceip'];

/** Prefixes of the ids that a key is compared with. */
const IDS: Readonly<Record<string, string>> = { 'aws:sourcevpc': 'vpc-', 'aws:sourcevpce': 'vpce-' };

/** What is wrong with the values of a condition on the network: it would be refused, or never hold. */
export function networkFault(
  operator: string,
  key: string,
  values: readonly string[],
): { readonly message: string; readonly isSuspect?: boolean } | undefined {
  const lower = key.toLowerCase();
  const isAddress = /^(?:not)?ipaddress(?:ifexists)?$/i.test(operator);
  if (isAddress) {
    const wrong = values.find((value) => !value.includes('_') && !isCidr(value));
    return wrong === undefined
      ? undefined
      : { message: `compares ${key} with "${wrong}", which is not an address range, e.g. 10.0.0.0/8` };
  }
  if (ADDRESSES.includes(lower) && /^string/i.test(operator) && values.some((value) => value.includes('/'))) {
    return { message: `compares ${key} under ${operator}; ranges need IpAddress or NotIpAddress`, isSuspect: true };
  }
  const prefix = Object.hasOwn(IDS, lower) ? IDS[lower] : undefined;
  const wrong = values.find((value) => prefix !== undefined && !/[*?_]/.test(value) && !value.startsWith(prefix));
  return wrong === undefined
    ? undefined
    : { message: `compares ${key} with "${wrong}", but its values begin with ${prefix}` };
}

function isCidr(text: string): boolean {
  const [address, bits, ...more] = text.split('/');
  const version = isIP(address);
  if (version === 0 || more.length > 0) return false;
  return bits === undefined || (/^\d+$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}
