import { isLike } from '../../policies/glob';

/** The permissions that the statements for one function (and version or alias) grant one API. */
export class Grants {
  private everything = false;
  private readonly exact = new Set<string>();
  /** The parts between their `*`, of those that have one; made when none of the exact ones covers a route. */
  private globs?: readonly (readonly string[])[];

  /** The part of the source ARN after the stage, e.g. `GET/orders/*`. */
  public add(pattern: string): void {
    if (pattern === '*' || pattern === '*/*') {
      this.everything = true;
    } else {
      this.exact.add(pattern);
      this.globs = undefined;
    }
  }

  public cover(verb: string, path: string): boolean {
    if (this.everything || this.exact.has(`${verb}${path}`) || this.exact.has(`*${path}`)) {
      return true;
    }
    const sample = `${verb}${path.replaceAll('*', 'value')}`;
    this.globs ??= [...this.exact].filter((one) => /[*?]/.test(one)).map((one) => one.split('*'));
    return this.globs.some((parts) => isLike(sample, parts));
  }
}

/** By the stage that they name. */
export type GrantsByStage = ReadonlyMap<string, readonly Grants[]>;

const allGrants = new WeakMap<GrantsByStage, readonly Grants[]>();

/** Those for all stages; the routes of one function have the same. */
export function everyGrant(grants: GrantsByStage): readonly Grants[] {
  let all = allGrants.get(grants);
  if (!all) allGrants.set(grants, (all = [...grants.values()].flat()));
  return all;
}
