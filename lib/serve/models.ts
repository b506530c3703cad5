import { isKnown } from '../template/model/value';
import { type Model } from '../template/model/common';
import { isObject, type Json, type JsonObject, parsedJson } from './json';

/** What is wrong with a body, in the service's words; empty if nothing is. */
export type Validation = readonly string[];

/** Makes a check out of a JSON Schema of draft 4. @throws Error if the schema cannot be used */
export type SchemaCompiler = (schema: JsonObject) => (value: Json) => Validation;

type Check = ReturnType<SchemaCompiler>;

/** The models of an API: they validate bodies as the service does. */
export class Models {
  private readonly byName = new Map<string, Model>();
  private readonly compiled = new Map<string, Check | string>();

  /** @param written the schema of a model with its references to other models resolved to their names */
  constructor(
    models: readonly Model[],
    private readonly written: (model: Model) => Json | undefined,
    private readonly compiler: SchemaCompiler,
  ) {
    for (const model of models) {
      this.byName.set(model.location.logicalId, model);
      if (isKnown(model.name) && model.name !== undefined) this.byName.set(model.name, model);
    }
  }

  public has(name: string): boolean {
    return this.byName.has(name);
  }

  /** Validates a text; an empty one counts as an empty object. Undefined if there is no such model, or none that can be used. */
  public validate(name: string, text: string): Validation | undefined {
    const validate = this.validator(name);
    if (typeof validate !== 'function') return undefined;
    const value = text === '' ? {} : parsedJson(text);
    if (value === undefined) return ['Unknown error parsing request body'];
    return validate(value);
  }

  /** Why a model cannot be used. */
  public fault(name: string): string | undefined {
    const validate = this.validator(name);
    return typeof validate === 'string' ? validate : undefined;
  }

  private validator(name: string): Check | string | undefined {
    const kept = this.compiled.get(name);
    if (kept !== undefined) return kept;
    const model = this.byName.get(name);
    if (!model) return undefined;
    const made = this.compile(model);
    this.compiled.set(name, made);
    return made;
  }

  private compile(model: Model): Check | string {
    const definitions: JsonObject = {};
    const schema = this.withDefinitions(this.written(model) ?? {}, definitions);
    if (!isObject(schema)) return 'the schema is not an object';
    const own = isObject(schema.definitions) ? schema.definitions : {};
    try {
      return this.compiler({ ...withoutId(schema), definitions: { ...own, ...definitions } });
    } catch (error) {
      return (error as Error).message;
    }
  }

  /** The schema with each model that it refers to among the definitions. */
  private withDefinitions(value: Json, definitions: JsonObject): Json {
    if (Array.isArray(value)) return value.map((each: Json) => this.withDefinitions(each, definitions));
    if (!isObject(value)) return value;
    const entries = Object.entries(value).map(([key, each]): [string, Json] => {
      const name = key === '$ref' && typeof each === 'string' ? this.modelNamed(each) : undefined;
      if (name === undefined) return [key, this.withDefinitions(each, definitions)];
      if (!Object.hasOwn(definitions, name)) {
        definitions[name] = {};
        const model = this.byName.get(name);
        const schema = (model && this.written(model)) ?? {};
        definitions[name] = withoutId(this.withDefinitions(schema, definitions));
      }
      return ['$ref', `#/definitions/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`];
    });
    return Object.fromEntries(entries);
  }

  /** The model that a reference means: by the URL of a model, or by its place in a document. */
  private modelNamed(reference: string): string | undefined {
    const [, name] =
      /^(?:https?:\/\/.*\/models\/|#\/(?:definitions|components\/schemas)\/)([^/]+)$/.exec(reference) ?? [];
    return name !== undefined && this.byName.has(name) ? name : undefined;
  }
}

/** Names of schemas would be looked up as addresses. */
function withoutId(schema: Json): JsonObject {
  if (!isObject(schema)) return {};
  return Object.fromEntries(Object.entries(schema).filter(([key]) => key !== '$schema' && key !== 'id'));
}
