import { LOST_FORMATS } from '../../json-schema/keywords';
import { isObject, mapSubschemas, type Schema } from '../../json-schema/subschemas';
import { type References } from '../../openapi/references';
import { type RestReport } from './repairs';
import { put } from '../../lookup/named';

/** Keywords that do not affect validity. */
const ANNOTATIONS = ['example', 'examples', 'default', 'xml', 'externalDocs', 'deprecated'];
/** Keywords that may refuse null without a type. */
const MAY_REFUSE_NULL = ['allOf', 'anyOf', 'oneOf', 'not', 'enum'];
/** What null alone is, without a null. */
const ONLY_NULL = { not: { anyOf: ['array', 'boolean', 'number', 'object', 'string'].map((type) => ({ type })) } };
const BOUNDS: Readonly<Record<string, string>> = { exclusiveMinimum: 'minimum', exclusiveMaximum: 'maximum' };

/** Turns schemas of OpenAPI 3.0 into draft-04, which API Gateway reads. */
export class SchemaConverter {
  /** @param model names the model that a reference points to */
  constructor(
    private readonly references: References,
    private readonly report: RestReport,
    private readonly model: ($ref: string, path: readonly string[]) => string | undefined,
  ) {}

  /**
   * References become `#/definitions/<Model>`. Anything that is not a schema is kept, and is found by the check of the models.
   */
  public convert(schema: unknown, path: readonly string[]): unknown {
    if (!isObject(schema)) return schema;
    if (typeof schema.$ref === 'string') return this.reference(schema, schema.$ref, path);
    const kept: Record<string, unknown> = {};
    for (const [keyword, value] of Object.entries(schema)) {
      const place = [...path, keyword];
      if (ANNOTATIONS.includes(keyword) || keyword.startsWith('x-')) this.report.repair('Annotations', place);
      else if (keyword === 'discriminator') this.report.repair('Discriminator', place);
      else if (keyword === 'readOnly' || keyword === 'writeOnly') this.readOnly(value, place);
      else if (keyword === 'nullable') this.nullable(value, schema, place);
      else if (keyword === 'format' && LOST_FORMATS.includes(value as string)) this.report.repair('Formats', place);
      else put(kept, keyword, value);
    }
    if (schema.nullable === true) delete kept.type;
    this.nullInEnum(kept, path);
    this.bounds(kept, path);
    this.required(kept, path);
    return mapSubschemas(kept, (part, below) => this.convert(part, [...path, ...below]));
  }

  private reference(schema: Schema, $ref: string, path: readonly string[]): Schema {
    const beside = Object.keys(schema).filter((keyword) => keyword !== '$ref' && keyword !== 'description');
    for (const keyword of beside) this.report.repair('RefSiblings', [...path, keyword]);
    const model = this.model($ref, [...path, '$ref']);
    return model === undefined ? {} : { $ref: `#/definitions/${model}` };
  }

  private readOnly(value: unknown, place: readonly string[]): void {
    if (value !== false) this.report.repair('ReadOnly', place);
  }

  /**
   * OpenAPI 3.0.3: without a type in the same schema `nullable` means nothing. Many tools take it for "or null", and then their
   * clients send what the model refuses.
   */
  private nullable(value: unknown, schema: Schema, place: readonly string[]): void {
    if (value !== true) return;
    if (schema.type !== undefined) this.report.repair('Nullable', place);
    else if (MAY_REFUSE_NULL.some((keyword) => schema[keyword] !== undefined))
      this.report.repair('Nullable', place, ' (no "type" next to it, so it has no meaning)');
  }

  /** CloudFormation takes no null in a template; without a type, an enum with null allows it, which can be said in other words. */
  private nullInEnum(kept: Record<string, unknown>, path: readonly string[]): void {
    if (!Array.isArray(kept.enum) || !kept.enum.includes(null)) return;
    this.report.repair('Nullable', [...path, 'enum']);
    const others = (kept.enum as unknown[]).filter((value) => value !== null);
    const choices = others.length > 0 ? [{ enum: others }] : [];
    const words = kept.type === undefined ? { anyOf: [...choices, ONLY_NULL] } : (choices[0] ?? { not: {} });
    delete kept.enum;
    kept.allOf = [...(Array.isArray(kept.allOf) ? (kept.allOf as unknown[]) : []), words];
  }

  private bounds(kept: Record<string, unknown>, path: readonly string[]): void {
    for (const [keyword, bound] of Object.entries(BOUNDS)) {
      const value = kept[keyword];
      if (typeof value !== 'number') continue;
      this.report.repair('ExclusiveBounds', [...path, keyword]);
      const tighter = keyword === 'exclusiveMinimum' ? Math.max : Math.min;
      const other = kept[bound];
      const limit = typeof other === 'number' ? tighter(other, value) : value;
      kept[bound] = limit;
      if (limit === value) kept[keyword] = true;
      else delete kept[keyword];
    }
  }

  /** Unique names, without those that only responses have; draft-04 allows no empty list. */
  private required(kept: Record<string, unknown>, path: readonly string[]): void {
    const { required, properties } = kept;
    if (!Array.isArray(required)) return;
    const names = [...new Set(required as unknown[])].filter((name) => {
      const part = isObject(properties) && typeof name === 'string' ? properties[name] : undefined;
      if (!isObject(part) || !this.isReadOnly(part, [...path, 'properties', String(name)])) return true;
      this.report.repair('ReadOnly', [...path, 'required'], ` (${String(name)})`);
      return false;
    });
    if (names.length > 0) kept.required = names;
    else delete kept.required;
  }

  private isReadOnly(part: Schema, path: readonly string[]): boolean {
    return this.references.follow(part, path)?.value.readOnly === true;
  }
}
