import { createHash } from 'node:crypto';
import { defaultOf } from '../reader/links';
import { spelledOut } from '../reader/numerals';
import { own } from '../reader/scope';
import { type CfnResourceBody, type CfnTemplate } from '../reader/source';
import { globalsOf, withGlobals } from './globals';
import { defined, dict, isIntrinsic, isJson, type Json, object, text, without } from './json';
import { type RepeatedEvent } from '../model/sam';
import { type Place, Written } from './written';

const PREFIX = 'AWS::Serverless::';
/** What SAM passes on from a resource to those that it makes of it. */
const PASSED = ['Condition'];

/** A resource of SAM with its global properties; the properties may be changed while it is expanded. */
export interface SamResource {
  readonly logicalId: string;
  /** Without `AWS::Serverless::`. */
  readonly type: string;
  readonly properties: Json;
  readonly attributes: Json;
  /** Where findings about it belong. */
  readonly place: Place;
}

/** Documents stay whole; of other properties SAM takes pieces, so numbers are spelled out. */
const DOCUMENTS = ['DefinitionBody', 'Models'];

/** A template on its way from SAM to CloudFormation. */
export class Expansion {
  public readonly written: Written;
  /** `Api.Stage` → the logical id of the stage. */
  public readonly references = new Map<string, string>();
  /** The deployments that make their own stage, by their logical ids. */
  public readonly stagesOfTheirOwn = new Set<string>();
  public readonly repeatedEvents: (Omit<RepeatedEvent, 'location'> & { readonly place: Place })[] = [];
  private readonly resources: Map<string, CfnResourceBody>;
  private readonly declared: Json;

  constructor(public readonly template: CfnTemplate) {
    this.declared = object(template.Resources);
    this.resources = new Map(Object.entries(this.declared) as [string, CfnResourceBody][]);
    this.written = new Written(this.declared);
  }

  public get result(): Json {
    return Object.fromEntries(this.resources);
  }

  /** The value; that of a parameter with a default is the default, which SAM puts in its place too. */
  public told(value: unknown): unknown {
    const name = isIntrinsic(value) ? text(value.Ref) : undefined;
    return (name === undefined ? undefined : defaultOf(own(own(this.template, 'Parameters'), name))) ?? value;
  }

  /** The resources of SAM of a type, in the order of the template. */
  public *ofType(type: string): Iterable<SamResource> {
    for (const [logicalId, body] of Object.entries(this.declared)) {
      if (isJson(body) && body.Type === `${PREFIX}${type}`) {
        yield this.resource(logicalId, type, body, { logicalId, path: ['Properties'] });
      }
    }
  }

  public resource(logicalId: string, type: string, body: Json, place: Place): SamResource {
    const merged = withGlobals(
      spelledOut(globalsOf(this.template, type), DOCUMENTS),
      body.IgnoreGlobals,
      spelledOut(dict(body.Properties) ?? {}, DOCUMENTS),
    );
    const attributes = without(body, 'Type', 'Properties', 'IgnoreGlobals', 'Connectors');
    this.written.addMerged(logicalId, merged);
    return { logicalId, type, properties: { ...merged }, attributes, place };
  }

  /** What SAM puts in the place of one of its resources. */
  public replace(resource: SamResource, type: string, properties: Json): void {
    const { logicalId, attributes, place } = resource;
    this.resources.set(logicalId, { Type: type, ...attributes, Properties: defined(properties) });
    this.written.add(logicalId, ['Properties'], place);
  }

  /** Adds what SAM makes of a resource; what the template has under that id stays. */
  public add(
    logicalId: string,
    type: string,
    properties: Json,
    origin: SamResource,
    more: { readonly place?: Place; readonly dependsOn?: readonly string[] } = {},
  ): void {
    if (own(this.declared, logicalId) !== undefined) {
      return;
    }
    const passed = Object.fromEntries(Object.entries(origin.attributes).filter(([name]) => PASSED.includes(name)));
    this.resources.set(logicalId, {
      Type: type,
      ...passed,
      ...(more.dependsOn && { DependsOn: more.dependsOn }),
      Properties: defined(properties),
    });
    this.written.add(logicalId, ['Properties'], more.place ?? origin.place);
  }

  /** What SAM made, of whichever resource. */
  public made(logicalId: string): CfnResourceBody | undefined {
    return own(this.declared, logicalId) === undefined ? this.resources.get(logicalId) : undefined;
  }
}

/** A place inside of a resource's properties. */
export const within = ({ place }: SamResource, ...path: string[]): Place => ({
  logicalId: place.logicalId,
  path: [...place.path, ...path],
});

/** The id that SAM makes of a prefix and a name which may hold more than letters and digits. */
export function idOf(prefix: string, name: unknown, suffix = ''): string {
  const known = text(name) ?? '';
  return /^[\p{L}\p{N}]+$/u.test(known) ? `${prefix}${known}${suffix}` : `${prefix}${suffix}${hashOf(known)}`;
}

export const hashOf = (data: string): string =>
  data === '' ? '' : createHash('sha1').update(data).digest('hex').slice(0, 10);
