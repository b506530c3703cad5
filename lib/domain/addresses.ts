import { Token } from 'aws-cdk-lib';
import { type IConstruct } from 'constructs';

/** A way from a domain to a stage. */
export interface DomainAddress {
  /** Key of the stage; undefined for the only one. */
  readonly stage?: string;
  readonly domain: IConstruct & { readonly domainName: string; urlForPath(path?: string): string };
  /** Precedes the paths of the API; without leading or trailing slashes, empty for the whole name. */
  readonly path: string;
  readonly way: Way;
}

/** Best first. A rule that keeps its base path reaches only routes that begin with that path. */
const WAYS = ['mapping', 'rule', 'rule that keeps its base path'] as const;
type Way = (typeof WAYS)[number];

const known = new WeakMap<object, DomainAddresses>();

/** The addresses at which domains reach the stages of one gateway; the domains add them. */
export class DomainAddresses {
  /** Those of a gateway; undefined for an API created elsewhere. */
  public static of(api: object): DomainAddresses | undefined {
    return known.get(api);
  }

  private readonly addresses: DomainAddress[] = [];

  constructor(gateway: object) {
    known.set(gateway, this);
  }

  public add(address: DomainAddress): void {
    this.addresses.push(address);
  }

  /**
   * The URL of a stage on a domain, with a trailing slash. If there are several, the one with the shortest path, in whatever order
   * they were added. A wildcard name is not a host, so it has none.
   */
  public urlOf(stage: string): string | undefined {
    const [first] = this.addresses
      .filter((address) => (address.stage ?? stage) === stage && !isWildcard(address.domain.domainName))
      .sort((a, b) => compare(rankOf(a), rankOf(b)));
    return first?.domain.urlForPath(first.path);
  }
}

/** `*.example.com`: clients replace the wildcard. */
export function isWildcard(domainName: string): boolean {
  return !Token.isUnresolved(domainName) && domainName.startsWith('*.');
}

/** Mappings before rules, the whole name before paths, then by place in the tree. */
const rankOf = ({ way, path, domain }: DomainAddress): readonly (string | number)[] => [
  WAYS.indexOf(way),
  path === '' ? 0 : path.split('/').length,
  path,
  domain.node.path,
];

function compare(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  const at = a.findIndex((part, index) => part !== b[index]);
  return at < 0 ? 0 : a[at] < b[at] ? -1 : 1;
}
