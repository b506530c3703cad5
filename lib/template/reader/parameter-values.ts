import { Conditions } from './conditions';
import { evaluate } from './intrinsics';
import { Numeral, valueAt } from './numerals';
import { App, type Dict, isDict, own, type Scope } from './scope';
import { type CfnTemplate, type TemplateSource } from './source';
import { type TemplateParameter } from '../model/parameters';

/** How templates are read: by default as what they are in every deployment. */
export interface ReadOptions {
  /** Values of parameters, in each template that declares them; a nested stack takes what its parent passes. */
  readonly parameters?: Readonly<Record<string, string>>;
  /**
   * As one deployment sees them: parameters without a value have their default, and resources whose condition does not
   * hold are left out.
   */
  readonly asDeployed?: boolean;
}

/** The source with the values in place of the defaults; these are then known, as other values are. */
export function withParameters(source: TemplateSource, { parameters = {}, asDeployed }: ReadOptions): TemplateSource {
  const declared = own(source.template, 'Parameters');
  if (!isDict(declared)) return source;
  const given = Object.keys(declared).filter((name) => isDict(declared[name]) && Object.hasOwn(parameters, name));
  const valued = asDeployed ? Object.keys(declared).filter((name) => hasDefault(declared[name])) : [];
  if (given.length + valued.length === 0) return source;
  const changed = given.map((name) => [name, { ...(declared[name] as Dict), Default: parameters[name] }]);
  return {
    ...source,
    template: { ...source.template, Parameters: { ...declared, ...Object.fromEntries(changed) } } as CfnTemplate,
    knownParameters: new Set([...given, ...valued]),
  };
}

/**
 * The source without the defaults of its parameters: a deployment may have other values, or keep earlier ones. A nested stack
 * has no value but the default if its parent passes none.
 */
export function withoutDefaults(source: TemplateSource): TemplateSource {
  const declared = own(source.template, 'Parameters');
  if (!isDict(declared) || source.parent) return source;
  const unset = Object.entries(declared).map(([name, parameter]) => {
    if (!isDict(parameter)) return [name, parameter] as const;
    const { Default, ...others } = parameter;
    return [name, Default === undefined ? parameter : others] as const;
  });
  return { ...source, template: { ...source.template, Parameters: Object.fromEntries(unset) } };
}

/** The default of a parameter in a parameter store is its name there, not its value. */
const hasDefault = (declared: unknown): boolean =>
  own(declared, 'Default') !== undefined && !String(own(declared, 'Type')).startsWith('AWS::SSM::');

/** The sources without the resources that are not made. */
export function withoutUnmade(sources: readonly TemplateSource[]): TemplateSource[] {
  const conditions = new Conditions(evaluate);
  return [...new App(sources).scopes.values()].map((scope) => {
    const isMade = (body: unknown): boolean => conditions.holds(own(body, 'Condition'), scope, 0) !== false;
    const resources = [...scope.resources].filter(([, body]) => isMade(body));
    if (resources.length === scope.resources.size) return scope.source;
    return { ...scope.source, template: { ...scope.source.template, Resources: Object.fromEntries(resources) } };
  });
}

/** The parameters that the templates declare. */
export const readParameters = (app: App): TemplateParameter[] => [...app.scopes.values()].flatMap(parametersOf);

function parametersOf(scope: Scope): TemplateParameter[] {
  const declared = own(scope.source.template, 'Parameters');
  return Object.entries(isDict(declared) ? declared : {}).flatMap(([name, parameter]) => {
    if (!isDict(parameter)) return [];
    const type = own(parameter, 'Type');
    const value = textOf(valueAt(parameter, 'Default'));
    return [
      {
        template: scope.file,
        name,
        type: typeof type === 'string' ? type : 'String',
        ...(value !== undefined && { default: value }),
        isPassed: scope.source.parent !== undefined,
      },
    ];
  });
}

function textOf(value: unknown): string | undefined {
  if (value instanceof Numeral) return value.text;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;
}
