import { type CallSite } from '../authoring/call-site';
import { type Owner } from '../authoring/errors';

/** What defined a route, for errors about two of them. */
export class RouteOrigin {
  /** In a group, whose whole prefix is the path. */
  public static ofGroup(path: string, site: CallSite): RouteOrigin {
    return new RouteOrigin(`group "${path || '/'}"`, site, true);
  }

  public static ofProps(): RouteOrigin {
    return new RouteOrigin('routes of the gateway');
  }

  public static ofCall(site: CallSite): RouteOrigin {
    return new RouteOrigin('addRoute', site);
  }

  private constructor(
    private readonly what: string,
    private readonly site?: CallSite,
    private readonly isGroup = false,
  ) {}

  /** The owner of the errors of the route. */
  public ownerOf(gateway: Owner): Owner {
    return this.isGroup ? gateway.part(this.what) : gateway;
  }

  public toString(): string {
    const site = this.site?.toString();
    return site === undefined ? this.what : `${this.what} (${site})`;
  }
}

/** `. First: group "/orders" (shop.ts:3:9); again: addRoute (app.ts:7:5)`; empty if the origin of one is not known. */
export function twoOrigins(first: RouteOrigin | undefined, again: RouteOrigin | undefined): string {
  return first && again ? `. First: ${first.toString()}; again: ${again.toString()}` : '';
}
