import { BlockList, isIP } from 'node:net';
import { type Owner, show } from './errors';

/** An address range in CIDR notation, parsed. */
export interface IpRange {
  readonly address: string;
  readonly family: 'ipv4' | 'ipv6';
  readonly prefix: number;
}

/**
 * Parses an address or a range in CIDR notation.
 * @throws if it is neither
 */
export function parseIpRange(text: string, owner: Owner): IpRange {
  const [, address, prefix] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const version = isIP(address ?? '');
  const bits = version === 6 ? 128 : 32;
  const length = prefix === undefined ? bits : Number(prefix);
  if (version === 0 || length > bits) {
    throw owner.error(
      `${show(text)} is not an IP address or range; write e.g. "203.0.113.7", "203.0.113.0/24" or "2001:db8::/32"`,
    );
  }
  return { address, family: version === 6 ? 'ipv6' : 'ipv4', prefix: length };
}

/** Addresses that do not exist on the internet: RFC 1918, shared (100.64.0.0/10), loopback, link-local and unique local ones. */
const PRIVATE: readonly IpRange[] = [
  { address: '10.0.0.0', family: 'ipv4', prefix: 8 },
  { address: '172.16.0.0', family: 'ipv4', prefix: 12 },
  { address: '192.168.0.0', family: 'ipv4', prefix: 16 },
  { address: '100.64.0.0', family: 'ipv4', prefix: 10 },
  { address: '127.0.0.0', family: 'ipv4', prefix: 8 },
  { address: '169.254.0.0', family: 'ipv4', prefix: 16 },
  { address: 'fc00::', family: 'ipv6', prefix: 7 },
  { address: 'fe80::', family: 'ipv6', prefix: 10 },
];

/** Whether no address of the range can be a source on the internet. */
export function isPrivateRange({ address, family, prefix }: IpRange): boolean {
  return PRIVATE.some((range) => {
    if (range.family !== family || prefix < range.prefix) return false;
    const block = new BlockList();
    block.addSubnet(range.address, range.prefix, range.family);
    return block.check(address, family);
  });
}
