import { intrinsicName } from '../reader/intrinsics';
import { type Dict, isDict, type Scope } from '../reader/scope';

const APIS = ['AWS::ApiGateway::RestApi', 'AWS::ApiGatewayV2::Api'];
const ROOT = 'RootResourceId';

/**
 * References of one template as they are written, without a value or a place for each: nearly all are a `Ref` to a part of the
 * same API, and an API with a thousand routes has ten thousand.
 */
export class PlainReferences {
  private readonly apis = new Map<string, string | undefined>();

  constructor(private readonly scope: Scope) {}

  /** The properties of a resource; undefined if they are not written one by one. */
  public propertiesOf(logicalId: string): Dict | undefined {
    const properties = this.scope.resources.get(logicalId)?.Properties;
    return isDict(properties) && intrinsicName(properties) === undefined ? properties : undefined;
  }

  /** The API of this template that a resource with the properties belongs to; undefined unless it is written as `Ref`. */
  public apiOf(properties: Dict): string | undefined {
    const api = refIn(properties.RestApiId ?? properties.ApiId);
    return api !== undefined && this.isApi(this.scope.typeOf(api)) ? api : undefined;
  }

  /** Whether the property is absent, or refers to a resource of one of the types, in the same API. */
  public fits(properties: Dict, api: string | undefined, property: string, allowed: readonly string[]): boolean {
    const written = properties[property];
    if (written === undefined) return true;
    if (api === undefined) return false;
    const target = refIn(written);
    if (target === api) return property.endsWith('ApiId') && allowed.includes(this.scope.typeOf(api) ?? '');
    if (target === undefined) return rootIn(written) === api && allowed.includes(this.scope.typeOf(api) ?? '');
    const type = this.scope.typeOf(target);
    return type !== undefined && allowed.includes(type) && !this.isApi(type) && this.apiOfTarget(target) === api;
  }

  private isApi(type: string | undefined): boolean {
    return type !== undefined && APIS.includes(type);
  }

  private apiOfTarget(logicalId: string): string | undefined {
    if (!this.apis.has(logicalId)) {
      const properties = this.propertiesOf(logicalId);
      this.apis.set(logicalId, properties && this.apiOf(properties));
    }
    return this.apis.get(logicalId);
  }
}

/** Whether the properties may have one with the name, under another one. */
export function mayHave(properties: Dict, under: string, name: string): boolean {
  const holder = properties[under];
  return (
    holder !== undefined && (!isDict(holder) || intrinsicName(holder) !== undefined || Object.hasOwn(holder, name))
  );
}

/** The argument of a `Ref`. */
function refIn(written: unknown): string | undefined {
  const argument = argumentOf(written, 'Ref');
  return typeof argument === 'string' ? argument : undefined;
}

/** The API whose root is referred to. */
function rootIn(written: unknown): string | undefined {
  const argument = argumentOf(written, 'Fn::GetAtt');
  const [api, attribute] = Array.isArray(argument) && argument.length === 2 ? (argument as readonly unknown[]) : [];
  return typeof api === 'string' && attribute === ROOT ? api : undefined;
}

const argumentOf = (written: unknown, name: string): unknown =>
  isDict(written) && intrinsicName(written) === name ? written[name] : undefined;
