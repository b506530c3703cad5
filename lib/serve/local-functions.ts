import { at } from '../lookup/named';
import { isKnown, knownOr, type Value } from '../template/model/value';
import { type LambdaFunction } from '../template/model/lambda';
import { type ApiModel } from '../template/model/model';
import { sameResource } from '../template/model/place';
import { referenceOf, type Text } from '../template/model/text';
import { type FunctionCode, type LocalFunction } from './functions';
import { localNames } from './local-names';
import { type Resolver } from './resolve';

/**
 * Values of environment variables by the logical id or the name of a function, as `sam local --env-vars` takes them. Those under
 * `Parameters` are for each function that declares the variable.
 */
export type EnvironmentOverrides = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const SHARED = 'Parameters';
const MEMORY_IN_MB = 128;
const TIMEOUT_IN_SECONDS = 3;

/** The functions of the templates, with all that is needed to run them. */
export function localFunctions(
  model: ApiModel,
  resolver: Resolver,
  overrides: EnvironmentOverrides = {},
): LocalFunction[] {
  const idOf = localNames(model);
  return model.functions.map((fn) => {
    const id = idOf(fn.location);
    const name = resolver.nameOf(fn.location);
    return {
      ...{ id, logicalId: fn.location.logicalId },
      name,
      arn: resolver.arnOf(fn.location),
      version: '$LATEST',
      ...known('runtime', fn.runtime),
      ...known('handler', fn.handler),
      code: codeOf(fn, resolver),
      layers: layersOf(model, fn, resolver),
      environment: environmentOf(fn, [name, fn.location.logicalId, id], resolver, overrides),
      memoryInMb: knownOr(fn.memorySize, MEMORY_IN_MB),
      timeoutInMs: knownOr(fn.timeoutInSeconds, TIMEOUT_IN_SECONDS) * 1000,
      ...known('maxConcurrency', fn.reservedConcurrentExecutions),
      logGroupName: fn.logGroup === undefined ? `/aws/lambda/${name}` : resolver.text(fn.logGroup),
    };
  });
}

/** The names among the overrides that no function has: most likely they are misspelled. */
export function strayOverrides(overrides: EnvironmentOverrides, functions: readonly LocalFunction[]): string[] {
  const names = new Set([SHARED, ...functions.flatMap(({ id, name, logicalId }) => [id, name, logicalId])]);
  return Object.keys(overrides).filter((name) => !names.has(name));
}

function known<K extends string, T>(key: K, value: Value<T> | undefined): { readonly [P in K]?: T } {
  return (isKnown(value) ? { [key]: value } : {}) as { readonly [P in K]?: T };
}

function codeOf({ code, asset }: LambdaFunction, resolver: Resolver): FunctionCode {
  if (code.kind === 'inline') return { kind: 'inline', source: resolver.text(code.source) };
  return asset && 'path' in asset
    ? { kind: 'path', path: asset.path }
    : { kind: 'elsewhere', reason: asset?.problem ?? 'the template does not say which file it is' };
}

function environmentOf(
  fn: LambdaFunction,
  names: readonly string[],
  resolver: Resolver,
  overrides: EnvironmentOverrides,
): Record<string, string> {
  const { logicalId } = fn.location;
  const own: Readonly<Record<string, unknown>> = Object.assign({}, ...names.map((name) => at(overrides, name)));
  const shared = at(overrides, SHARED) ?? {};
  const declared: Readonly<Record<string, Text>> = isKnown(fn.environment) ? fn.environment : {};
  const values = Object.entries(declared).map(([key, text]) => {
    const given = at(own, key) ?? at(shared, key);
    // What is given need not be resolved, so nothing is missing.
    return [key, given === undefined ? resolver.text(text, `${logicalId}.Environment.${key}`) : String(given)];
  });
  const more = Object.entries(own).map(([key, value]) => [key, String(value)]);
  return Object.fromEntries([...values, ...more]) as Record<string, string>;
}

/** Layers of other accounts are not here. */
function layersOf(model: ApiModel, { layers, location }: LambdaFunction, resolver: Resolver): string[] {
  return knownOr<readonly Text[]>(layers, []).flatMap((text) => {
    const ref = referenceOf(text);
    const made = model.layers.find((layer) => ref !== undefined && sameResource(layer.location, ref));
    if (made?.asset && 'path' in made.asset) return [made.asset.path];
    resolver.miss(`the layer ${made?.location.logicalId ?? String(text)}`, `${location.logicalId}.Layers`);
    return [];
  });
}
