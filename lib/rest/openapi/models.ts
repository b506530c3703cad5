import { MODEL_NAME } from '../../facts/names';
import { type Owner } from '../../authoring/errors';
import { JsonSchema } from '../../json-schema/json-schema';
import { isObject, pointer, type Schema } from '../../json-schema/subschemas';
import { type References } from '../../openapi/references';
import { type RestReport } from './repairs';
import { SchemaConverter } from './schemas';
import { put } from '../../lookup/named';

const SCHEMAS = '#/components/schemas/';

/** The models of a document: the schemas that request bodies refer to, under their own names if these are legal. */
export class Models {
  private readonly names = new Map<string, string>();
  private readonly taken = new Set<string>();
  private readonly converted: Record<string, unknown> = {};
  private readonly places = new Map<string, readonly string[]>();
  private readonly converter: SchemaConverter;

  constructor(
    document: Schema,
    private readonly references: References,
    private readonly report: RestReport,
  ) {
    this.converter = new SchemaConverter(references, report, (ref, path) => this.referred(ref, path));
    const { components } = document;
    const schemas = isObject(components) && isObject(components.schemas) ? Object.keys(components.schemas) : [];
    // Legal names first, so that a renamed schema never takes the name of one that keeps it.
    const order = [
      ...schemas.filter((name) => MODEL_NAME.test(name)).sort(),
      ...schemas.filter((name) => !MODEL_NAME.test(name)).sort(),
    ];
    for (const name of order) {
      const place = pointer(['components', 'schemas', name]);
      this.names.set(place, this.free(name));
    }
  }

  /** The model of a body: the one it refers to, or one under the given name; none if every body is valid. */
  public add(schema: Schema, path: readonly string[], defaultName: string): string | undefined {
    if (typeof schema.$ref === 'string') return this.referred(schema.$ref, [...path, '$ref']);
    const converted = this.converter.convert(schema, path);
    if (isObject(converted) && Object.keys(converted).length === 0) return undefined;
    const name = this.free(defaultName);
    this.set(name, converted, path);
    return name;
  }

  /** Checks all models, and returns them by name. */
  public finish(owner: Owner): { readonly [name: string]: JsonSchema } {
    return JsonSchema._ofModels(this.converted, owner, ([, name, ...rest]) =>
      pointer([...(this.places.get(name) ?? [name]), ...rest]),
    );
  }

  private referred($ref: string, path: readonly string[]): string | undefined {
    const target = this.references.at($ref, path);
    if (!target) return undefined;
    const place = pointer(target.path);
    const known = this.names.get(place) ?? this.free(target.path.slice(place.startsWith(SCHEMAS) ? 2 : 0).join(' '));
    this.names.set(place, known);
    if (!this.places.has(known)) {
      const own = target.path[target.path.length - 1];
      if (own !== known) this.report.repair('ModelNames', target.path, ` (${known})`);
      // Set first, so a schema that refers to itself terminates.
      this.places.set(known, target.path);
      this.set(known, this.converter.convert(target.value, target.path), target.path);
    }
    return known;
  }

  private set(name: string, schema: unknown, path: readonly string[]): void {
    this.places.set(name, path);
    put(this.converted, name, schema);
  }

  /** A legal name that no other model has, whatever its case. */
  private free(wanted: string): string {
    const words = wanted.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
    const legal = MODEL_NAME.test(wanted)
      ? wanted
      : words.map((word) => word[0].toUpperCase() + word.slice(1)).join('') || 'Model';
    let name = legal;
    for (let count = 2; this.taken.has(name.toLowerCase()); count++) name = `${legal}${count}`;
    this.taken.add(name.toLowerCase());
    return name;
  }
}
