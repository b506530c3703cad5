import { isDeepStrictEqual } from 'node:util';
import { type JsonSchema } from './json-schema';
import { type Owner, show } from '../authoring/errors';
import { type Schema } from './subschemas';

/** The models of one API: each schema once, however many routes use it, and each name once. */
export class ModelRegistry {
  private readonly names = new Map<JsonSchema, string>();
  private readonly models = new Map<string, { readonly schema: Schema; readonly user: Owner }>();

  /**
   * The name of the model for the schema; the default name is used if the schema has none and is new here.
   * @throws if another schema has the name already
   */
  public add(schema: JsonSchema, defaultName: string, user: Owner): string {
    const known = this.names.get(schema);
    if (known !== undefined) return known;
    const { name, schemas } = schema._render(defaultName);
    for (const [model, body] of Object.entries(schemas)) {
      const other = this.models.get(model);
      if (other && !isDeepStrictEqual(other.schema, body)) {
        throw user.error(
          `the model ${show(model)} is a different schema in ${other.user}; ` +
            "give one of the two schemas its own name: JsonSchema.fromObject({…}, { modelName: '…' })",
        );
      }
    }
    for (const [model, body] of Object.entries(schemas)) {
      if (!this.models.has(model)) this.models.set(model, { schema: body, user });
    }
    this.names.set(schema, name);
    return name;
  }

  /** `components.schemas`, by name. */
  public get schemas(): { [name: string]: Schema } {
    const sorted = [...this.models].sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(sorted.map(([name, { schema }]) => [name, schema]));
  }
}
