import { readFileSync } from 'node:fs';
import { parseYaml } from '../template/reader/yaml';
import { Owner } from '../authoring/errors';
import { isObject } from '../json-schema/subschemas';
import { type Document } from '../document/skeleton';

/**
 * An OpenAPI 3.0 document that describes an API and contains nothing specific to AWS.
 *
 * @see https://spec.openapis.org/oas/v3.0.4.html
 */
export class OpenApiDefinition {
  /**
   * Reads a document from a file, JSON or YAML.
   *
   * @param path the file; a relative path is relative to the working directory
   * @throws if the file cannot be read, or is not an OpenAPI 3.0 document
   */
  public static fromFile(path: string): OpenApiDefinition {
    const owner = new Owner(`OpenApiDefinition '${path}'`);
    let text: string;
    try {
      text = readFileSync(path, 'utf8');
    } catch (error) {
      throw owner.error(`cannot be read: ${(error as Error).message}; a relative path is relative to ${process.cwd()}`);
    }
    return new OpenApiDefinition(parse(text, owner), owner);
  }

  /**
   * Takes a document written as an object.
   *
   * @param document the whole document: `{ openapi: '3.0.3', info: {…}, paths: {…} }`
   * @throws if it is not an OpenAPI 3.0 document
   */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- jsii has no other type for free-form JSON
  public static fromObject(document: { [key: string]: any }): OpenApiDefinition {
    return new OpenApiDefinition(document, new Owner('OpenApiDefinition'));
  }

  /** @internal */
  public readonly _document: Document;

  private constructor(given: unknown, owner: Owner) {
    if (!isObject(given)) throw owner.error('is not an object; an OpenAPI document has "openapi", "info" and "paths"');
    checkVersion(given, owner);
    if (!isObject(given.paths)) throw owner.error('has no "paths" object, so there is nothing to serve');
    this._document = copy(given, owner);
  }
}

/** A copy, so later changes by the user have no effect; it contains only JSON. */
function copy(given: object, owner: Owner): Document {
  let text: string;
  try {
    text = JSON.stringify(given);
  } catch (error) {
    throw owner.error(`is not JSON: ${(error as Error).message}`);
  }
  if (/<unresolved-(token|lazy)>/.test(text))
    throw owner.error('contains a token that is not text; the document must be known at synth');
  return JSON.parse(text) as Document;
}

function checkVersion({ openapi, swagger }: Readonly<Record<string, unknown>>, owner: Owner): void {
  if (swagger !== undefined) {
    throw owner.error(
      `is Swagger ${String(swagger)}; convert it to OpenAPI 3.0 first, e.g. npx swagger2openapi --outfile openapi.yaml <file>`,
    );
  }
  if (typeof openapi !== 'string') throw owner.error('has no "openapi"; add openapi: "3.0.3" at the top');
  // SAM and others write "3.0".
  if (/^3\.0(\.\d+(-.+)?)?$/.test(openapi)) return;
  throw owner.error(
    `is OpenAPI ${openapi}, but API Gateway accepts 3.0.x. ` +
      (openapi.startsWith('3.')
        ? 'Convert it to 3.0 (which has no type lists, const, null and $defs)'
        : 'Write openapi: "3.0.3"'),
  );
}

function parse(text: string, owner: Owner): unknown {
  try {
    if (text.trimStart().startsWith('{')) return JSON.parse(text);
    const document = parseYaml(text, { merge: true });
    // YAML takes 3.0 without quotation marks for a number.
    return isObject(document) && typeof document.openapi === 'number'
      ? { ...document, openapi: document.openapi === 3 ? '3.0' : String(document.openapi) }
      : document;
  } catch (error) {
    throw owner.error(`is neither JSON nor YAML: ${(error as Error).message}`);
  }
}
