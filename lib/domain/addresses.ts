import { Token } from 'aws-cdk-lib';
import { type IConstruct } from 'constructs';

/** Where a domain leads to a stage. */
export interface DomainAddress {
  /** Key of the stage; nothing for the only one. */
  readonly stage?: string;
  readonly domain: IConstruct & { readonly domainName: string; urlForPath(path?: string): string };
  /** Comes before the paths of the API; without slashes at its ends, empty for the whole name. */
  readonly path: string;
  readonly way: Way;
}

/** Best first. A rule that keeps its base path leads to routes that begin with that path, and to no others. */
const WAYS = ['mapping', 'rule', 'rule that keeps its base path'] as const;
type Way = (typeof WAYS)[number];

const known = new WeakMap<object, DomainAddresses>();

/** The addresses at which domains lead to the stages of one gateway; the domains add them. */
export class DomainAddresses {
  /** Those of a gateway; nothing for an API that was made elsewhere. */
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
   * The URL of a stage on a domain, with a slash at its end. Of several, the one of the shortest path; the order in which they
   * were made changes nothing. None is of a wildcard name, which is no host.
   */
  public urlOf(stage: string): string | undefined {
    const [first] = this.addresses
      .filter((address) => (address.stage ?? stage) === stage && !isWildcard(address.domain.domainName))
      .sort((a, b) => compare(rankOf(a), rankOf(b)));
    return first?.domain.urlForPath(first.path);
  }
}

/** `*.example.com`: clients write a name of their own. */
export function isWildcard(domainName: string): boolean {
  return !Token.isUnresolved(domainName) && domainName.startsWith('*.');
}

/** Mappings before rules, the whole name before paths, and what is left by place in the tree. */
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
