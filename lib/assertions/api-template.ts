import { type Stack } from 'aws-cdk-lib';
import { Owner } from '../authoring/errors';
import { surfaceOf } from '../diff/surface';
import { type ApiSurface, type Subject } from '../diff/trait';
import { nearest, suggest } from '../lookup/nearest';
import { type Location } from '../template/model/place';
import { sourceOf } from '../template/reader/assembly';
import { readModel } from '../template/reader/read';
import { type TemplateSource } from '../template/reader/source';
import { differences } from './route-comparison';
import { type ApiRouteExpectations } from './route-expectations';
import { sourcesOfStack } from './sources';
import { type ApiContent, permissionsIn, sortedRoutes, surfaceText, traitLinesOf } from './surface-text';

const OWNER = new Owner('ApiTemplate');

/**
 * The APIs of a synthesized stack, for tests of your app: what callers get, whichever constructs made it.
 *
 * Use it together with `Template` of aws-cdk-lib/assertions. It reads REST, HTTP and WebSocket APIs, those of the L2s and of L1s
 * too, with nested stacks.
 *
 * @example
 * const template = ApiTemplate.fromStack(this);
 * template.routeCountIs(5);
 * template.hasRoute('GET /', { authorization: 'AWS_IAM', integration: 'mock' });
 */
export class ApiTemplate {
  /**
   * Synthesizes the app of a stack, and reads the APIs of the stack and of its nested stacks.
   *
   * @param stack a stack in an App or a Stage
   */
  public static fromStack(stack: Stack): ApiTemplate {
    const { sources, own } = sourcesOfStack(stack, OWNER);
    return ApiTemplate.read(sources, own);
  }

  /**
   * Reads a template that is at hand.
   *
   * @param template a CloudFormation template, e.g. `Template.fromStack(stack).toJSON()`
   */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- jsii has no other type for free-form JSON
  public static fromJSON(template: { [key: string]: any }): ApiTemplate {
    const source = sourceOf('template', template, 0);
    return ApiTemplate.read([source], new Set([source.file]));
  }

  private static read(sources: readonly TemplateSource[], own: ReadonlySet<string>): ApiTemplate {
    const model = readModel(sources);
    const { apis, shared } = surfaceOf(sources, model);
    const isOwn = ({ location }: { readonly location: Location }): boolean => own.has(location.template);
    const resources = model.templates.reduce((sum, one) => sum + (own.has(one.file) ? one.resourceCount : 0), 0);
    return new ApiTemplate({
      ...{ apis: apis.flatMap((api) => ownPart(api, isOwn)), shared: shared.filter(isOwn) },
      ...{ permissions: permissionsIn(model).filter(isOwn), roles: model.serviceRoles.filter(isOwn), resources },
    });
  }

  private constructor(private readonly content: ApiContent) {}

  /**
   * The same for one of several APIs.
   *
   * @param name name or logical id of the API
   */
  public api(name: string): ApiTemplate {
    const { apis } = this.content;
    const found = apis.filter((one) => one.name === name || one.location.logicalId === name);
    if (found.length === 1) return new ApiTemplate({ ...this.content, apis: found, shared: [] });
    const names = apis.map((one) => (found.length > 1 ? one.location.logicalId : one.name));
    if (found.length > 1) throw OWNER.error(`several APIs have the name "${name}"; use a logical id:${list(names)}`);
    throw OWNER.error(`there is no API "${name}".${names.length === 0 ? NO_API : suggest(name, names)}`);
  }

  /**
   * The keys of all routes, sorted by path: `GET /orders`, `$connect`.
   */
  public routes(): string[] {
    return sortedRoutes(this.all).map(({ label }) => label);
  }

  /**
   * Fails if no API has the route, or if it differs from what is expected.
   *
   * @param route key of the route: `GET /orders/{id}`, `$default`
   * @param expected what the route must be; by default it only has to exist
   */
  public hasRoute(route: string, expected: ApiRouteExpectations = {}): void {
    const found = this.all.filter(({ label }) => label === route);
    if (found.length === 0) throw OWNER.error(this.missing(route));
    const each = found.map((one) => differences(one, expected));
    if (each.some((one) => one.length === 0)) return;
    const [least] = [...each].sort((a, b) => a.length - b.length);
    const lines = least.map((one) => `${one.what}: expected ${one.expected}, found ${one.found}`);
    throw OWNER.error(`route "${route}" differs:${list(lines)}`);
  }

  /**
   * Fails if an API has the route.
   *
   * @param route key of the route: `GET /orders/{id}`, `$default`
   */
  public hasNoRoute(route: string): void {
    const found = this.all.find(({ label }) => label === route);
    if (found) throw OWNER.error(`expected no route "${route}", found it:${list(traitLinesOf(found))}`);
  }

  /**
   * Fails if there are more or fewer routes. CORS preflight methods of REST APIs are routes too.
   *
   * @param count how many routes all APIs have together
   */
  public routeCountIs(count: number): void {
    const routes = this.routes();
    if (routes.length !== count)
      throw OWNER.error(`expected ${plural(count, 'route')}, found ${routes.length}:${list(routes)}`);
  }

  /**
   * Fails if the stack and its nested stacks have more or fewer resources, of whatever type. A template can have 500.
   *
   * @param count how many resources
   */
  public resourceCountIs(count: number): void {
    const { resources } = this.content;
    if (resources !== count) throw OWNER.error(`expected ${plural(count, 'resource')}, found ${resources}`);
  }

  /**
   * The APIs as a text for snapshots: routes, stages, domains, usage plans and permissions, a line for each thing that callers
   * can tell, and nothing that changes otherwise, such as hashes and versions.
   */
  public toText(): string {
    return surfaceText(this.content);
  }

  private get all(): Subject[] {
    return this.content.apis.flatMap(({ routes }) => routes);
  }

  private missing(route: string): string {
    const routes = this.routes();
    const [near = nearestPath(route, routes)] = nearest(route, routes);
    const found = this.all.find(({ label }) => label === near);
    if (found) return `there is no route "${route}". The nearest is "${near}":${list(traitLinesOf(found))}`;
    return `there is no route "${route}".${routes.length === 0 ? NO_API : ` There are:${list(routes)}`}`;
  }
}

/** Of an API in another stack, the routes and stages that this one adds. */
function ownPart(api: ApiSurface, isOwn: (one: Subject) => boolean): ApiSurface[] {
  if (isOwn(api.self)) return [api];
  const part = {
    ...api,
    self: { ...api.self, traits: [] },
    routes: api.routes.filter(isOwn),
    others: api.others.filter(isOwn),
  };
  return part.routes.length + part.others.length > 0 ? [part] : [];
}

const NO_API = ' The template has no API with routes.';
const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

const MAX_LISTED = 20;

/** One line each, indented. */
function list(items: readonly string[]): string {
  const more = items.length - MAX_LISTED;
  return ['', ...items.slice(0, MAX_LISTED), ...(more > 0 ? [`and ${more} more`] : [])].join('\n  ');
}

/** One with the same path, or the same method. */
function nearestPath(route: string, routes: readonly string[]): string | undefined {
  const [method, path] = route.split(' ', 2);
  return (
    routes.find((one) => path !== undefined && one.endsWith(` ${path}`)) ??
    routes.find((one) => one.startsWith(`${method} `))
  );
}
