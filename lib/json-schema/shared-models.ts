import { type RenderedModels, target } from './render';
import { definitionName, isObject, mapSubschemas, type Schema } from './subschemas';
import { put } from '../lookup/named';

/** Models that refer to each other by name, `#/definitions/<Model>`; each exists once, however many refer to it. */
export class SharedModels {
  private readonly rendered = new Map<string, Schema>();
  private readonly root: Schema;

  constructor(private readonly models: { readonly [name: string]: Schema }) {
    this.root = { definitions: models };
  }

  /** The model and all models that it refers to. */
  public render(name: string): RenderedModels {
    const schemas: Record<string, Schema> = {};
    const open = [name];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (Object.hasOwn(schemas, next)) continue;
      put(
        schemas,
        next,
        this.model(next, (other) => open.push(other)),
      );
    }
    return { name, schemas };
  }

  private model(name: string, refer: (other: string) => void): Schema {
    const known = this.rendered.get(name);
    const collect = (part: unknown): unknown => {
      if (!isObject(part)) return part;
      const other = typeof part.$ref === 'string' ? nameIn(part.$ref) : undefined;
      if (other === undefined) return mapSubschemas(part, collect);
      refer(other);
      return { ...part, $ref: `#/components/schemas/${other}` };
    };
    if (known) {
      mapSubschemas({ allOf: [known] }, collect);
      return known;
    }
    const own = this.models[name];
    // A model that is only another name of a model is avoided.
    const model = collect(target(own, this.root) ?? own) as Schema;
    this.rendered.set(name, model);
    return model;
  }
}

function nameIn(ref: string): string | undefined {
  return definitionName(ref) ?? /^#\/components\/schemas\/([^/]+)$/.exec(ref)?.[1];
}
