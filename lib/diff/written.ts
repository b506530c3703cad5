import { type Dict, isDict } from '../template/reader/scope';
import { Expression, type Part } from '../template/model/expression';
import { type ApiModel } from '../template/model/model';
import { type Location } from '../template/model/place';
import { type Text } from '../template/model/text';
import { type TemplateSource } from '../template/reader/source';
import { at } from '../lookup/named';

/** No template that can be deployed is nested deeper. */
const DEEPEST = 100;

/** The name of a function of CloudFormation, if the value is a call of one. */
export function functionIn(value: unknown): string | undefined {
  if (!isDict(value)) return undefined;
  const [name, ...others] = Object.keys(value);
  return others.length === 0 && (name === 'Ref' || name?.startsWith('Fn::')) ? name : undefined;
}

/** What the templates say literally, for values that only a deployment will know: written the same, they are the same. */
export class Written {
  private readonly templates: ReadonlyMap<string, Dict>;

  constructor(
    sources: readonly TemplateSource[],
    private readonly model: ApiModel,
  ) {
    this.templates = new Map(sources.map(({ file, template }) => [file, template as Dict]));
  }

  /** As written in the source; the deepest value on the way if the path continues in another file. */
  public at(location: Location): unknown {
    const { template, logicalId, path } = this.model.written(location);
    let found: unknown = at(this.resources(template), logicalId);
    for (const key of path) {
      const next = Array.isArray(found)
        ? (found as unknown[])[Number(key)]
        : isDict(found)
          ? at(found, key)
          : undefined;
      if (next === undefined) break;
      found = next;
    }
    return found;
  }

  /** The functions inside of the place, with all that they depend on. */
  public functionsAt(location: Location): string {
    const found: unknown[] = [];
    this.collect(this.at(location), this.model.written(location).template, found, 0);
    return JSON.stringify(found);
  }

  /** The name of the condition of the resource, and what it is. */
  public conditionOf({ template, logicalId }: Location): unknown {
    const resource = at(this.resources(template), logicalId);
    const name = isDict(resource) ? at(resource, 'Condition') : undefined;
    return typeof name === 'string' ? [name, this.section(template, 'Conditions', name)] : undefined;
  }

  /** `aws:cdk:path` of a resource. */
  public constructPath({ template, logicalId }: Location): string | undefined {
    const resource = at(this.resources(template), logicalId);
    const metadata = isDict(resource) ? at(resource, 'Metadata') : undefined;
    const path = isDict(metadata) ? at(metadata, 'aws:cdk:path') : undefined;
    return typeof path === 'string' ? path : undefined;
  }

  /** Equal for equal texts; undefined if nothing can be said of a part of it. */
  public keyOf(text: Text): string | undefined {
    if (!(text instanceof Expression)) return text;
    return text.isUnknown ? undefined : `${text.key}${text.parts.map((part) => this.declared(part)).join('')}`;
  }

  /** A parameter with another default may have another value. */
  private declared(part: Part): string {
    if (typeof part === 'string' || part.kind !== 'parameter') return '';
    return JSON.stringify(this.section(part.template, 'Parameters', part.logicalId)) ?? '';
  }

  private resources(template: string): Dict | undefined {
    const resources = this.templates.get(template)?.Resources;
    return isDict(resources) ? resources : undefined;
  }

  private section(template: string, name: string, key: string): unknown {
    const section = this.templates.get(template)?.[name];
    return isDict(section) ? at(section, key) : undefined;
  }

  private collect(value: unknown, template: string, found: unknown[], depth: number): void {
    if (typeof value !== 'object' || value === null || depth > DEEPEST) return;
    const name = functionIn(value);
    if (name !== undefined) {
      found.push(value, this.context(name, (value as Dict)[name], template));
    }
    for (const inner of Object.values(value)) this.collect(inner, template, found, depth + 1);
  }

  /** What the value of a function depends on, in addition to its arguments. */
  private context(name: string, argument: unknown, template: string): unknown {
    const whole = this.templates.get(template);
    switch (name) {
      case 'Ref':
        return typeof argument === 'string' ? this.section(template, 'Parameters', argument) : undefined;
      case 'Fn::If':
        return [whole?.Conditions, whole?.Parameters];
      case 'Fn::FindInMap':
        return whole?.Mappings;
      default:
        return undefined;
    }
  }
}
