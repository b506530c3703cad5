import { type Owner, show } from '../authoring/errors';
import { ShapeCheck } from '../authoring/shapes/check';
import { type Document } from '../document/skeleton';
import { type GatewayKind, KINDS } from '../facts/kinds';
import { checkKind, type OfKind } from './foreign-kind';
import { IntegrationType } from './integration-context';
import { isPreset } from './preset';

// What bind() returns comes from outside: it is held against its type, and against itself, before anything is made of it.

/**
 * What `bind` returns, held against its type. Errors name the class, but for those of this library, whose options say it better.
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
 * What an integration comes to on a route, and the context in which errors name its class.
 * @throws if it is of another kind of API
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

/** Whether API Gateway gives on the whole request. */
export const isProxy = (type: IntegrationType): boolean =>
  type === IntegrationType.AWS_PROXY || type === IntegrationType.HTTP_PROXY;

export const isHttp = (type: IntegrationType): boolean =>
  type === IntegrationType.HTTP || type === IntegrationType.HTTP_PROXY;

/** A text without tokens, whose braces would read as variables. */
export const withoutTokens = (text: string): string => text.replace(/\$\{Token\[[^[\]]*\]\}/g, 'token');

/** `${stageVariables.name}` and `$stageVariables.name`, and in templates `$stageVariables.get('name')` too. */
const STAGE_VARIABLE = /\$!?\{?stageVariables\.(?:get\(["'](\w+)["']\)|(\w+)(?![\w(]))/g;

/** Says that the route reads the stage variables that stand in the texts. */
export function useStageVariables(texts: readonly string[], use: (name: string) => void): void {
  for (const text of texts) {
    if (!text.includes('stageVariables')) continue;
    for (const [, got, named] of withoutTokens(text).matchAll(STAGE_VARIABLE)) use(got ?? named);
    const mapped = /^stageVariables\.(\w+)$/.exec(text)?.[1];
    if (mapped !== undefined) use(mapped);
  }
}

/** @throws where a prop of the config is there that its type does not take */
export function refuseProps(config: object, names: readonly string[], why: string, owner: Owner): void {
  const found = names.find((name) => (config as Readonly<Record<string, unknown>>)[name] !== undefined);
  if (found !== undefined) throw owner.error(`${found}: ${why}`);
}

/** A reason that somebody will read. @throws where it says nothing */
export function checkReason(reason: string | undefined, name: string, owner: Owner): void {
  if (reason !== undefined && reason.trim() === '')
    throw owner.error(`${name} is empty; it is the reason, for those who review it`);
}

/** @throws where it is a text that is no ARN of a service or function */
export function checkServiceUri(uri: string, owner: Owner): void {
  if (/^arn:[^:]*:apigateway:/.test(withoutTokens(uri)) || uri.startsWith('${Token[')) return;
  throw owner.error(
    `uri ${show(uri)} must be arn:<partition>:apigateway:<region>:<service>:action/<name> or …:path/<path>; for a function, context.invocationUri(fn)`,
  );
}

/** @throws where it is a text that is no ARN */
export function checkCredentials(credentials: string | undefined, owner: Owner): void {
  if (credentials === undefined || /^arn:[^:]*:iam::/.test(withoutTokens(credentials))) return;
  if (credentials.startsWith('${Token[')) return;
  throw owner.error(
    `credentials ${show(credentials)} must be the ARN of a role: what context.grantService or context.grantInvoke returns`,
  );
}

/** The object with further members, without those that are undefined. @throws where one has a name in the config */
export function withMembers(extension: Document, more: Document | undefined, owner: Owner): Document {
  const known = Object.keys(more ?? {}).find((name) => name in extension || name === 'cacheKeyParameters');
  if (known !== undefined)
    throw owner.error(`extension has "${known}", which the config or the route has a property for; write that`);
  return Object.fromEntries(Object.entries({ ...extension, ...more }).filter(([, value]) => value !== undefined));
}
