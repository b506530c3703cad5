import { readFileSync } from 'node:fs';
import { Token } from 'aws-cdk-lib';
import { MODEL_NAME } from '../facts/names';
import { Owner, show } from '../authoring/errors';
import { check } from './check';
import { frozenCopy, type Problem, withoutTokens } from './copy';
import { violationsOfDraft04 } from './draft04';
import { MODEL_MAX_BYTES } from './keywords';
import { definitionModelName, definitionsOf, render, type RenderedModels, target } from './render';
import { SharedModels } from './shared-models';
import { isObject, pointer, type Schema } from './subschemas';

/**
 * Name of a schema in the API.
 */
export interface JsonSchemaOptions {
  /**
   * Name of the model: letters and digits. It appears in generated SDKs and in the exported API.
   *
   * @default - derived from the first route that uses the schema
   */
  readonly modelName?: string;
}

/**
 * The body of a request or response, as JSON Schema of draft-04, the draft that API Gateway supports.
 * Content that API Gateway would reject or lose is an error here, with its place in the schema and what to write instead.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings-models.html
 */
export class JsonSchema {
  /**
   * Takes a schema written as an object: `{ type: 'object', required: ['id'], properties: { id: { type: 'string' } } }`.
   */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- jsii has no other type for free-form JSON
  public static fromObject(schema: { [key: string]: any }, options: JsonSchemaOptions = {}): JsonSchema {
    return new JsonSchema(schema, options.modelName, ownerOf(options));
  }

  /**
   * Takes schemas that refer to each other: name of the model → schema. A schema refers to another as `#/definitions/<name>`. Each is
   * one model of the API, however many routes and schemas use it.
   *
   * @param models the schemas by name: letters and digits
   *
   * @example
   * const { Order } = JsonSchema.fromModels({
   *   Order: { type: 'object', properties: { lines: { type: 'array', items: { $ref: '#/definitions/Line' } } } },
   *   Line: { type: 'object', required: ['sku'] },
   * });
   */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- jsii has no other type for free-form JSON
  public static fromModels(models: { [name: string]: any }): { [name: string]: JsonSchema } {
    return JsonSchema._ofModels(models, new Owner('JsonSchema'), pointer);
  }

  /**
   * Reads a schema from a JSON file.
   */
  public static fromFile(path: string, options: JsonSchemaOptions = {}): JsonSchema {
    const owner = ownerOf(options).part(path);
    let text: string;
    try {
      text = readFileSync(path, 'utf8');
    } catch (error) {
      throw owner.error(`cannot be read: ${(error as Error).message}; a relative path is relative to ${process.cwd()}`);
    }
    let schema: unknown;
    try {
      schema = JSON.parse(text);
    } catch (error) {
      throw owner.error(`is not JSON: ${(error as Error).message}`);
    }
    return new JsonSchema(schema, options.modelName, owner);
  }

  /**
   * Schemas that refer to each other as `#/definitions/<Model>`: each is a model with exactly its name.
   *
   * @param place name in errors of a path below `definitions`
   * @internal
   */
  public static _ofModels(
    models: { readonly [name: string]: unknown },
    owner: Owner,
    place: (path: readonly string[]) => string,
  ): { readonly [name: string]: JsonSchema } {
    const { schema } = checked({ definitions: models }, owner, place);
    const shared = new SharedModels(definitionsOf(schema));
    return Object.fromEntries(Object.keys(models).map((name) => [name, new JsonSchema(schema, name, owner, shared)]));
  }

  /** @internal */
  public readonly _schema: Schema;

  /** @internal */
  public readonly _modelName?: string;

  /**
   * Content that is legal, but documented as not checked by API Gateway; for the gateway's warnings.
   * @internal
   */
  public readonly _warnings: readonly string[];

  private rendered?: RenderedModels;

  private constructor(
    given: unknown,
    modelName: string | undefined,
    owner: Owner,
    private readonly shared?: SharedModels,
  ) {
    if (modelName !== undefined) checkName(modelName, owner);
    const { schema, warnings } = shared ? { schema: given as Schema, warnings: [] } : checked(given, owner);
    this._schema = schema;
    this._modelName = modelName;
    this._warnings = warnings.map(({ path, message }) => `${owner}: ${pointer(path)}: ${message}`);
    this.checkSize(owner);
  }

  /**
   * The models that represent the schema in `components.schemas`, with every reference rewritten to them.
   * @internal
   */
  public _render(defaultName: string): RenderedModels {
    const name = this._modelName ?? defaultName;
    // The schema never changes; this is called for its check, for each route that uses it, and for the document.
    if (this.rendered?.name === name) return this.rendered;
    return (this.rendered = this.shared ? this.shared.render(name) : render(this._schema, name));
  }

  private checkSize(owner: Owner): void {
    const { name: own, schemas } = this._render('Model');
    for (const [name, schema] of Object.entries(schemas)) {
      // Each of the others is checked separately.
      if (this.shared && name !== own) continue;
      const bytes = Buffer.byteLength(JSON.stringify(schema));
      if (bytes > MODEL_MAX_BYTES) {
        throw owner.error(
          `the schema, as model ${name}, has ${bytes} bytes; API Gateway accepts ${MODEL_MAX_BYTES} for one model. ` +
            'Move parts of it into "definitions", each of which is a separate model',
        );
      }
    }
  }
}

/** The schema as a frozen copy. @throws if it has anything that API Gateway would reject or lose */
function checked(
  given: unknown,
  owner: Owner,
  place = pointer,
): { readonly schema: Schema; readonly warnings: readonly Problem[] } {
  if (!isObject(given) || Token.isUnresolved(given)) {
    throw owner.error(`the schema is ${describe(given)}; pass an object such as { "type": "object" }`);
  }
  const problems: Problem[] = [];
  const schema = frozenCopy(given, problems) as Schema;
  fail(problems, owner, place);
  const verdict = check(schema);
  // Reported parts are removed, so the meta-schema does not report them again in other words.
  const rest = without(withoutTokens(schema), verdict.problems);
  fail([...verdict.problems, ...violationsOfDraft04(rest)], owner, place);
  fail(checkDefinitions(schema), owner, place);
  return { schema, warnings: verdict.warnings };
}

function ownerOf(options: JsonSchemaOptions): Owner {
  return new Owner(options.modelName === undefined ? 'JsonSchema' : `JsonSchema '${options.modelName}'`);
}

function checkName(name: string, owner: Owner): void {
  if (Token.isUnresolved(name)) throw owner.error('modelName must be known at synth: it is part of the API definition');
  if (!MODEL_NAME.test(name)) {
    const legal = name.replace(/[^A-Za-z0-9]/g, '');
    const instead = legal ? `, e.g. "${legal}"` : '';
    throw owner.error(`modelName is ${show(name)}; the name of a model must consist of letters and digits${instead}`);
  }
}

/** Each definition needs a schema that it resolves to, and a unique model name. */
function checkDefinitions(schema: Schema): Problem[] {
  const problems: Problem[] = [];
  if (target(schema, schema) === undefined) problems.push({ path: ['$ref'], message: 'refers only to itself' });
  const taken = new Map<string, string>();
  for (const [name, part] of Object.entries(definitionsOf(schema))) {
    const refuse = (message: string) => problems.push({ path: ['definitions', name], message });
    const modelName = definitionModelName('', name);
    const other = taken.get(modelName);
    if (modelName === '') refuse('has no letter or digit in its name; a model needs one');
    else if (other !== undefined)
      refuse(`and ${pointer(['definitions', other])} would both be model "…${modelName}"; rename one`);
    else taken.set(modelName, name);
    if (target(part, schema) === undefined) refuse('refers only to itself');
  }
  return problems;
}

function without(schema: unknown, problems: readonly Problem[]): unknown {
  if (problems.length === 0) return schema;
  const copy: unknown = structuredClone(schema);
  for (const { path } of problems) {
    let parent = copy;
    for (const key of path.slice(0, -1))
      parent = isObject(parent) || Array.isArray(parent) ? Reflect.get(parent, key) : undefined;
    const last = path[path.length - 1];
    // An element of a list is replaced: the paths of the elements after it must stay correct.
    if (Array.isArray(parent)) parent[Number(last)] = {};
    else if (isObject(parent)) Reflect.deleteProperty(parent, last);
  }
  return copy;
}

function fail(problems: readonly Problem[], owner: Owner, place: (path: readonly string[]) => string): void {
  if (problems.length === 0) return;
  const lines = problems.map(({ path, message }) => `${place(path)} ${message}`);
  throw owner.error(lines.length === 1 ? lines[0] : [`${lines.length} problems:`, ...lines].join('\n  '));
}

function describe(given: unknown): string {
  if (Array.isArray(given)) return 'a list';
  return Token.isUnresolved(given) ? 'a token, which is not known at synth' : (show(given) ?? String(given));
}
