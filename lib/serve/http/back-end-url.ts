import { withStageVariables } from '../function-uri';
import { type CompiledIntegration } from './compile';
import { type Sources } from './expressions';

/**
 * The URL of a request to a server. `$default` appends the path of the request, and so do private integrations, with the stage.
 *
 * @param path replaces the path of the URL
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-http.html
 */
export function backEndUrl(
  integration: CompiledIntegration,
  { request, pathParameters, stageVariables, context }: Sources,
  path: string | undefined,
): string {
  const uri = withStageVariables(filled(integration.uri, pathParameters), stageVariables);
  const isUrl = /^https?:\/\//i.test(uri);
  const isPrivate = integration.isPrivate && !isUrl;
  const base = isPrivate ? privateOrigin(uri, integration.hasTls) : uri;
  const [target, ownQuery = ''] = base.split(/\?(.*)/s);
  // Braces that are left in a URL stand for a parameter that is missing.
  const rawQuery = request.rawQuery.replace(/[{}]/g, encodeURIComponent);
  const query = [ownQuery, rawQuery].filter((each) => each !== '').join('&');
  const search = query === '' ? '' : `?${query}`;
  if (path !== undefined) {
    const origin = /^[^/]*\/\/[^/]*/.exec(target)?.[0] ?? target;
    return `${origin}/${encodedPath(path.replace(/^\/+/, ''))}${search}`;
  }
  if (isPrivate) return `${target}${encodedPath(request.rawPath)}${search}`;
  if (context.routeKey === '$default') return `${target.replace(/\/$/, '')}${encodedPath(request.path)}${search}`;
  return `${target}${search}`;
}

const filled = (uri: string, values: Readonly<Record<string, string>>): string =>
  uri.replace(/\{([\w.-]+)\+?\}/g, (written, name: string) =>
    Object.hasOwn(values, name) ? encodedPath(values[name]) : written,
  );

/** Path parameters are decoded on the way in. */
const encodedPath = (path: string): string => path.split('/').map(encodeURIComponent).join('/');

/**
 * The origin of a private integration, which stands for its listener or Cloud Map service: `http://my-alb.vpc-link.internal`.
 * It can be called only where it is mapped to another one.
 */
export function privateOrigin(uri: string, hasTls: boolean): string {
  // What follows an ARN of Cloud Map chooses instances, and is not sent to them.
  const [arn] = uri.split('?');
  const name =
    /:listener\/(?:app|net)\/([^/]+)/.exec(arn)?.[1] ?? /:service\/([^/]+)/.exec(arn)?.[1] ?? arn.split(/[:/]/).at(-1);
  const label = (name ?? '').toLowerCase().replace(/[^a-z0-9.-]/g, '-');
  return `${hasTls ? 'https' : 'http'}://${label}.vpc-link.internal`;
}
