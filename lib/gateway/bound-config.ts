import { type Owner, show } from '../authoring/errors';
import { ShapeCheck } from '../authoring/shapes/check';
import { type Document } from '../document/skeleton';
import { type GatewayKind, KINDS } from '../facts/kinds';
import { checkKind, type OfKind } from './foreign-kind';
import { IntegrationType } from './integration-context';
import { isPreset } from './preset';

// What bind() returns comes from outside: it is checked against its type, and for contradictions, before it is used.

/**
 * What `bind` returns, checked against its type. Errors name the class, except for this library's, whose options are clearer.
 *
 * @param struct name of the type that is returned
 */
export function bindChecked<C, R extends object>(
  given: { bind(context: C): R },
  context: C,
  struct: string,
  owner: Owner,
): { readonly config: R; readonly owner: Owner } {
  // What those of this library return has its type from the compiler.
  if (isPreset(given)) return { config: given.bind(context), owner };
  const at = owner.part(`${given.constructor.name}.bind`);
  if (typeof (given as { readonly bind?: unknown }).bind !== 'function') throw at.error('is missing; write it');
  const config: unknown = given.bind(context);
  if (typeof config !== 'object' || config === null || Array.isArray(config))
    throw at.error(`returns ${show(config) ?? 'nothing'}; return a ${struct}, e.g. { type: … }`);
  new ShapeCheck(() => at).parameter({ name: struct, shape: struct, optional: false }, config);
  return { config: config as R, owner: at };
}

/**
 * The result of an integration on a route, and the context in which errors name its class.
 * @throws if it belongs to another kind of API
 */
export function bindIntegration<P, C extends P & { readonly owner: Owner }, R extends object>(
  given: OfKind & { bind(context: P): R },
  kind: GatewayKind,
  context: C,
): { readonly config: R; readonly within: C } {
  checkKind(given, kind, 'integration', context.owner);
  const { config, owner } = bindChecked<P, R>(given, context, `${KINDS[kind].integration}Config`, context.owner);
  return { config, within: owner === context.owner ? context : { ...context, owner } };
}

/** Whether API Gateway passes on the whole request. */
export const isProxy = (type: IntegrationType): boolean =>
  type === IntegrationType.AWS_PROXY || type === IntegrationType.HTTP_PROXY;

export const isHttp = (type: IntegrationType): boolean =>
  type === IntegrationType.HTTP || type === IntegrationType.HTTP_PROXY;

/** Text without tokens, whose braces would look like variables. */
export const withoutTokens = (text: string): string => text.replace(/\$\{Token\[[^[\]]*\]\}/g, 'token');

/** `${stageVariables.name}` and `$stageVariables.name`, and in templates `$stageVariables.get('name')` too. */
const STAGE_VARIABLE = /\$!?\{?stageVariables\.(?:get\(["'](\w+)["']\)|(\w+)(?![\w(]))/g;

/** Declares that the route reads the stage variables in the texts. */
export function useStageVariables(texts: readonly string[], use: (name: string) => void): void {
  for (const text of texts) {
    if (!text.includes('stageVariables')) continue;
    for (const [, got, named] of withoutTokens(text).matchAll(STAGE_VARIABLE)) use(got ?? named);
    const mapped = /^stageVariables\.(\w+)$/.exec(text)?.[1];
    if (mapped !== undefined) use(mapped);
  }
}

/** @throws if the config has a prop that its type does not accept */
export function refuseProps(config: object, names: readonly string[], why: string, owner: Owner): void {
  const found = names.find((name) => (config as Readonly<Record<string, unknown>>)[name] !== undefined);
  if (found !== undefined) throw owner.error(`${found}: ${why}`);
}

/** A reason for reviewers. */
export function checkReason(reason: string | undefined, name: string, owner: Owner): void {
  if (reason !== undefined && reason.trim() === '')
    throw owner.error(`${name} is empty; write the reason, for reviewers`);
}

/** @throws if it is text that is not an ARN of a service or function */
export function checkServiceUri(uri: string, owner: Owner): void {
  if (/^arn:[^:]*:apigateway:/.test(withoutTokens(uri)) || uri.startsWith('${Token[')) return;
  throw owner.error(
    `uri ${show(uri)} must be arn:<partition>:apigateway:<region>:<service>:action/<name> or …:path/<path>; for a function, context.invocationUri(fn)`,
  );
}

/** @throws if it is text that is not an ARN */
export function checkCredentials(credentials: string | undefined, owner: Owner): void {
  if (credentials === undefined || /^arn:[^:]*:iam::/.test(withoutTokens(credentials))) return;
  if (credentials.startsWith('${Token[')) return;
  throw owner.error(
    `credentials ${show(credentials)} must be the ARN of a role: what context.grantService or context.grantInvoke returns`,
  );
}

/** The object with further members, without those that are undefined. @throws if one has a name in the config */
export function withMembers(extension: Document, more: Document | undefined, owner: Owner): Document {
  const known = Object.keys(more ?? {}).find((name) => name in extension || name === 'cacheKeyParameters');
  if (known !== undefined)
    throw owner.error(`extension has "${known}", which the config or the route has a property for; write that`);
  return Object.fromEntries(Object.entries({ ...extension, ...more }).filter(([, value]) => value !== undefined));
}
