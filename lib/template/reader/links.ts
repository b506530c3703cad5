import { Data, type Evaluate, type Evaluated } from './evaluated';
import { Expression, type Part } from '../model/expression';
import { Numeral, valueAt } from './numerals';
import { type App, type Dict, isDict, own, type Scope } from './scope';
import { UNKNOWN } from '../model/value';

/** Values that come from outside of a template: from its parent, its nested stacks, or another stack of the app. */
export class Links {
  private static readonly PENDING = Symbol('pending');

  constructor(private readonly evaluate: Evaluate) {}

  /** A `Ref` that names no resource: what the parent passes, or a reference to the parameter. */
  public parameter(name: string, scope: Scope, depth: number): Evaluated {
    const declared = scope.section('Parameters', name);
    const kind = declared === undefined ? 'missing' : 'parameter';
    const itself = new Expression([{ kind, template: scope.file, logicalId: name }], scope.file);
    const { parent, source } = scope;
    const isPassed = parent !== undefined && source.parent !== undefined;
    if (declared === undefined || (!isPassed && source.knownParameters?.has(name) !== true)) {
      return itself;
    }
    const properties = isPassed ? own(parent.resources.get(source.parent.logicalId), 'Properties') : undefined;
    const parameters = own(properties, 'Parameters');
    return this.once(`parameter ${name}`, scope, () => {
      const value =
        !isPassed || own(parameters, name) === undefined
          ? this.evaluate(isDict(declared) ? valueAt(declared, 'Default') : undefined, scope, depth)
          : this.evaluate(valueAt(parameters as Dict, name), parent, depth);
      const type = own(declared, 'Type');
      if (typeof type === 'string' && type.includes('List')) {
        return typeof value === 'string' ? new Data(value.split(','), scope) : UNKNOWN;
      }
      return value === undefined ? itself : value;
    });
  }

  public attribute(logicalId: string, attribute: string, scope: Scope, depth: number): Evaluated {
    const child = scope.children.get(logicalId);
    if (child && attribute.startsWith('Outputs.')) {
      const value = this.output(attribute.slice('Outputs.'.length), child, depth);
      if (value !== undefined) {
        return value;
      }
    }
    return scope.resources.has(logicalId)
      ? scope.referenceTo(logicalId, attribute)
      : new Expression([{ kind: 'missing', template: scope.file, logicalId, attribute }], scope.file);
  }

  public imported(name: Evaluated, scope: Scope, depth: number): Evaluated {
    // No stack imports what it exports itself.
    const key = exportName(name, scope) ?? (isOfOwnStack(name) ? undefined : shapeOf(name));
    if (key === undefined) {
      return UNKNOWN;
    }
    const found = (this.exports(scope, depth).get(key) ?? []).filter((one) => sharesExports(one.scope, scope));
    return found.length === 1 ? (this.output(found[0].output, found[0].scope, depth) ?? UNKNOWN) : UNKNOWN;
  }

  public stackOutput(argument: unknown, scope: Scope, depth: number): Evaluated {
    const stack = this.evaluate(own(argument, 'StackName'), scope, depth);
    const output = this.evaluate(own(argument, 'OutputName'), scope, depth);
    const region = this.evaluate(own(argument, 'Region'), scope, depth);
    if (typeof stack !== 'string' || typeof output !== 'string') {
      return UNKNOWN;
    }
    const wanted = typeof region === 'string' ? region : scope.source.region;
    const found = [...scope.app.scopes.values()].filter(
      ({ source }) => source.stackName === stack && agree(source.region, wanted),
    );
    return found.length === 1 ? (this.output(output, found[0], depth) ?? UNKNOWN) : UNKNOWN;
  }

  private output(name: string, scope: Scope, depth: number): Evaluated {
    const declared = scope.section('Outputs', name);
    return declared === undefined
      ? undefined
      : this.once(`output ${name}`, scope, () =>
          this.evaluate(isDict(declared) ? valueAt(declared, 'Value') : undefined, scope, depth),
        );
  }

  private once(key: string, scope: Scope, compute: () => Evaluated): Evaluated {
    if (scope.resolved.has(key)) {
      const known = scope.resolved.get(key);
      return known === Links.PENDING ? UNKNOWN : (known as Evaluated);
    }
    scope.resolved.set(key, Links.PENDING);
    const value = compute();
    scope.resolved.set(key, value);
    return value;
  }

  private exports(scope: Scope, depth: number): ReadonlyMap<string, ExportedOutput[]> {
    const { app } = scope;
    if (app.exports === undefined) {
      app.exports = new Map<string, ExportedOutput[]>();
      const index = new Map<string, ExportedOutput[]>();
      for (const one of app.scopes.values()) {
        for (const output of one.outputs) {
          const name = own(own(one.section('Outputs', output), 'Export'), 'Name');
          const evaluated = this.evaluate(name, one, depth);
          for (const key of new Set([exportName(evaluated, one), shapeOf(evaluated)])) {
            if (key !== undefined) {
              index.set(key, [...(index.get(key) ?? []), { scope: one, output }]);
            }
          }
        }
      }
      app.exports = index;
    }
    return app.exports;
  }
}

/** The default of a parameter that is one text; that of one in a parameter store is its name, and an empty one a gap to fill. */
export function defaultOf(declared: unknown): string | undefined {
  const type = own(declared, 'Type');
  if (!isDict(declared) || typeof type !== 'string' || /^(AWS::SSM::|List<|CommaDelimitedList)/.test(type)) {
    return undefined;
  }
  const value = valueAt(declared, 'Default');
  const text = value instanceof Numeral ? value.text : isScalar(value) ? String(value) : '';
  return text === '' ? undefined : text;
}

/** The default of the parameter that the parts are; undefined if they are anything else. */
export function defaultOfParts([part, ...more]: readonly Part[], app: App): string | undefined {
  return typeof part === 'object' && part.kind === 'parameter' && more.length === 0
    ? defaultOf(app.scopes.get(part.template)?.section('Parameters', part.logicalId))
    : undefined;
}

const isScalar = (value: unknown): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

export interface ExportedOutput {
  readonly scope: Scope;
  readonly output: string;
}

function exportName(name: Evaluated, scope: Scope): string | undefined {
  if (typeof name === 'string') {
    return name;
  }
  if (!(name instanceof Expression)) {
    return undefined;
  }
  const { stackName, region, account } = scope.source;
  const pseudo: Record<string, string | undefined> = {
    'AWS::StackName': stackName,
    'AWS::Region': region ?? '\0region',
    'AWS::AccountId': account ?? '\0account',
  };
  let text = '';
  for (const part of name.parts) {
    const piece = typeof part === 'string' ? part : part.kind === 'pseudo' ? pseudo[part.logicalId] : undefined;
    if (piece === undefined) {
      return undefined;
    }
    text += piece;
  }
  return text;
}

/**
 * A name with the same mark for each part that only the deployment knows: `${AWS::StackName}-Api` is exported by one template
 * and imported as `${Shared}-Api` by another, which are joined if they are given together and no other export looks like it.
 */
function shapeOf(name: Evaluated): string | undefined {
  if (!(name instanceof Expression) || name.isUnknown || !/[A-Za-z0-9]/.test(literalsOf(name))) {
    return undefined;
  }
  return name.parts.map((part) => (typeof part === 'string' ? part : (ENVIRONMENT[part.logicalId] ?? '\0'))).join('');
}

const isOfOwnStack = (name: Evaluated): boolean =>
  name instanceof Expression &&
  name.parts.some((part) => typeof part === 'object' && part.logicalId === 'AWS::StackName');

/** Those that are the same in all templates of a command. */
const ENVIRONMENT: Readonly<Partial<Record<string, string>>> = {
  'AWS::Region': '\0region',
  'AWS::AccountId': '\0account',
};

const literalsOf = ({ parts }: Expression): string => parts.filter((part) => typeof part === 'string').join('');

const agree = (a: string | undefined, b: string | undefined): boolean => a === undefined || b === undefined || a === b;

function sharesExports(a: Scope, b: Scope): boolean {
  return agree(a.source.region, b.source.region) && agree(a.source.account, b.source.account);
}
