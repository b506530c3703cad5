import { joined, type Part, type Reference } from '../model/expression';
import { partsOf } from '../reader/intrinsics';
import { type Integration, type IntegrationResponse, type LambdaTarget, type ResourceRef } from '../model/model';
import { Node } from '../reader/node';
import { type App } from '../reader/scope';
import { type Text, textOfParts } from '../model/text';
import { type Value } from '../model/value';

const FUNCTION = 'AWS::Lambda::Function';
const ALIAS = 'AWS::Lambda::Alias';
const VERSION = 'AWS::Lambda::Version';
const START = /:lambda:path\/[^/]+\/functions\//;
const COLON = /:(?![^{}]{0,100}\})/;
const END = /\/(?:response-streaming-)?invocations$/;

/** An integration of a body without its places, so routes can share it. */
export interface BodyIntegration {
  readonly integration: Omit<Integration, 'location' | 'responses'>;
  /** By name in the body; the one without a name stands for all. */
  readonly responses: readonly { readonly name?: string; readonly response: Omit<IntegrationResponse, 'location'> }[];
}

type BodyIntegrations = Map<string, Value<BodyIntegration> | undefined>;

/** Finds the functions that URIs, permissions and names speak of. */
export class LambdaTargets {
  private names?: Map<string, ResourceRef[]>;
  private readonly integrations = new Map<string, BodyIntegrations>();
  private readonly byUri = new WeakMap<readonly Part[], { template: string; target?: LambdaTarget }>();
  private readonly byName = new WeakMap<readonly Part[], { template: string; target: LambdaTarget }>();

  constructor(public readonly app: App) {}

  /** Integrations of the bodies in one template by what is written; see `integrationOfBody`. */
  public integrationsIn(template: string): BodyIntegrations {
    let known = this.integrations.get(template);
    if (!known) {
      this.integrations.set(template, (known = new Map()));
    }
    return known;
  }

  /** The target of an `arn:…:lambda:path/…/functions/<function>/invocations`; undefined for any other URI. */
  public ofUri(uri: Node): LambdaTarget | undefined {
    const parts = uri.parts();
    if (!parts) {
      return undefined;
    }
    const { template } = uri.ref;
    let known = this.byUri.get(parts);
    if (known?.template !== template) {
      const inner = between(parts);
      known = { template, target: inner && this.ofParts(inner, template) };
      this.byUri.set(parts, known);
    }
    return known.target;
  }

  public ofName(name: Node): LambdaTarget | undefined {
    const parts = name.parts();
    if (!parts) {
      return undefined;
    }
    // A function has a permission for each route, and each names it by the same reference.
    const { template } = name.ref;
    let known = this.byName.get(parts);
    if (known?.template !== template) {
      known = { template, target: this.ofParts(parts, template) };
      this.byName.set(parts, known);
    }
    return known.target;
  }

  private ofParts(parts: readonly Part[], file: string, depth = 0): LambdaTarget {
    const text = (some: readonly Part[]): Text => textOfParts(some, file);
    const [first, ...rest] = parts;
    if (typeof first === 'object' && first.kind === 'resource') {
      const qualifier = qualifierOf(rest);
      const type = this.app.typeOf(first);
      if (type === FUNCTION) {
        return { text: text([first]), function: plain(first), ...(qualifier && { qualifier: text(qualifier) }) };
      }
      if ((type === ALIAS || type === VERSION) && depth < 5) {
        return this.qualified(first, type, file, depth);
      }
    }
    return this.ofArn(parts, file);
  }

  /** An alias or a version: its function, and itself as the qualifier. */
  private qualified(ref: Reference, type: string, file: string, depth: number): LambdaTarget {
    const scope = this.app.scopes.get(ref.template);
    const itself = textOfParts([plainReference(ref)], file);
    const properties = scope && Node.properties(scope, ref.logicalId);
    const name = properties?.get('FunctionName').parts();
    if (!properties || !name) {
      return { text: itself };
    }
    const target = this.ofParts(name, file, depth + 1);
    const aliasName = type === ALIAS ? properties.get('Name').text() : undefined;
    return { ...target, qualifier: typeof aliasName === 'string' ? aliasName : itself };
  }

  /** A full ARN, or a bare name: `arn:…:function:name:qualifier`, `name:qualifier`. */
  private ofArn(parts: readonly Part[], file: string): LambdaTarget {
    const segments = splitAtColons(parts);
    const isArn = segments[0][0] === 'arn' && segments[0].length === 1 && segments.length > 6;
    const at = isArn ? 6 : 0;
    const name = segments[at];
    const qualifier = segments.slice(at + 1);
    const text = (some: readonly Part[][]): Text =>
      textOfParts(
        some.flatMap((segment, index) => (index === 0 ? segment : [':', ...segment])),
        file,
      );
    const target = {
      text: text(segments.slice(0, at + 1)),
      ...(qualifier.length > 0 && { qualifier: text(qualifier) }),
    };
    const [only] = name;
    if (name.length === 1 && typeof only === 'object' && this.app.typeOf(only) === FUNCTION) {
      return { ...target, function: plain(only) };
    }
    const found = name.length === 1 && typeof only === 'string' ? this.named(only, isArn, segments, file) : undefined;
    return found ? { ...target, function: found } : target;
  }

  private named(name: string, isArn: boolean, segments: Part[][], file: string): ResourceRef | undefined {
    const own = this.app.scopes.get(file)?.source;
    const part = (at: number, otherwise?: string): string | undefined => {
      const [only, ...others] = isArn ? segments[at] : [];
      return others.length === 0 && typeof only === 'string' ? only : otherwise;
    };
    const region = part(3, own?.region);
    const account = part(4, own?.account);
    const found = (this.functionsByName().get(name) ?? []).filter((ref) => {
      const source = this.app.scopes.get(ref.template)?.source;
      return agree(source?.region, region) && agree(source?.account, account);
    });
    return found.length === 1 ? found[0] : undefined;
  }

  private functionsByName(): Map<string, ResourceRef[]> {
    if (!this.names) {
      this.names = new Map();
      for (const { scope, logicalId } of this.app.ofType(FUNCTION)) {
        const name = Node.properties(scope, logicalId).get('FunctionName').text();
        if (typeof name === 'string') {
          this.names.set(name, [...(this.names.get(name) ?? []), { template: scope.file, logicalId }]);
        }
      }
    }
    return this.names;
  }
}

const agree = (a?: string, b?: string): boolean => a === undefined || b === undefined || a === b;
const plain = (ref: Reference): ResourceRef => ({ template: ref.template, logicalId: ref.logicalId });
const plainReference = (ref: Reference): Reference => ({ kind: 'resource', ...plain(ref) });

function between(parts: readonly Part[]): Part[] | undefined {
  const inner: Part[] = [];
  let open = false;
  for (const part of parts) {
    if (typeof part !== 'string') {
      if (open) {
        inner.push(part);
      }
      continue;
    }
    let rest = part;
    if (!open) {
      const start = START.exec(rest);
      if (!start) {
        continue;
      }
      open = true;
      rest = rest.slice(start.index + start[0].length);
    }
    const end = END.exec(rest);
    inner.push(end ? rest.slice(0, end.index) : rest);
  }
  const merged = open ? joined(inner, '') : undefined;
  return merged === undefined || merged === '' ? undefined : [...partsOf(merged)];
}

function qualifierOf(rest: readonly Part[]): Part[] | undefined {
  const [head, ...tail] = rest;
  return typeof head === 'string' && head.startsWith(':')
    ? [head.slice(1), ...tail].filter((part) => part !== '')
    : undefined;
}

/** Splits at colons, except those of an unresolved `${AWS::AccountId}`. */
function splitAtColons(parts: readonly Part[]): Part[][] {
  const segments: Part[][] = [[]];
  for (const part of parts) {
    if (typeof part === 'string') {
      const [first, ...others] = part.split(COLON);
      segments[segments.length - 1].push(first);
      segments.push(...others.map((other) => [other]));
    } else {
      segments[segments.length - 1].push(part);
    }
  }
  return segments.map((segment) => segment.filter((part) => part !== ''));
}
