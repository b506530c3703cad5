import { type Expression } from '../model/expression';
import { type Model, type RestApi } from '../model/model';
import { Node } from '../reader/node';
import { isJson, type Json, object, orNothing } from './json';
import { openApiSchema } from './schema';
import { plain, printed } from './plain';
import { type App } from '../reader/scope';
import { isLiteral, referenceTo, type Text, textKey, textOfParts, type Texts } from '../model/text';
import { isKnown, knownOr, type Value } from '../model/value';
import { at, put } from '../../lookup/named';

/** Models that every REST API has from its beginning. */
const BUILT_IN: Readonly<Record<string, Json>> = {
  Empty: { title: 'Empty Schema', type: 'object' },
  Error: { title: 'Error Schema', type: 'object', properties: { message: { type: 'string' } } },
};
const MODEL_URL = /^https:\/\/apigateway\.amazonaws\.com\/restapis\/[^/]+\/models\/(.+)$/;

/** Finds the models that texts of the template name: by their name, or by a reference to the resource. */
export class ModelNames {
  private readonly names = new Map<string, string>();

  constructor(api: RestApi) {
    for (const model of api.models) {
      const name = nameOf(model);
      this.names.set(name, name);
      this.names.set(textKey(referenceTo(model.location)), name);
    }
  }

  /** The name of the schema in the document; undefined where the templates have no such model. */
  public of(text: Text): string | undefined {
    return this.names.get(textKey(text)) ?? (isLiteral(text) && Object.hasOwn(BUILT_IN, text) ? text : undefined);
  }

  /** The text with the names of models in the place of references to them. */
  public printed({ parts, file }: Expression): string {
    return parts
      .map((part) => {
        const text = textOfParts([part], file);
        return typeof part === 'string' ? part : (this.of(text) ?? String(text));
      })
      .join('');
  }

  /** `content` of a body: content type → model. */
  public content(models: Value<Texts>): Json | undefined {
    const entries = Object.entries(knownOr(models, {})).map(([type, text]) => {
      const name = this.of(text);
      return [type, name === undefined ? {} : { schema: { $ref: `#/components/schemas/${name}` } }];
    });
    return orNothing(Object.fromEntries(entries) as Json);
  }
}

/** `components.schemas` of an API whose models are resources or of Swagger. */
export function modelSchemas(app: App, api: RestApi): Json {
  const names = new ModelNames(api);
  const schemas: Json = { ...BUILT_IN };
  for (const model of api.models) {
    const name = nameOf(model);
    const schema = object(schemaOf(app, model, names));
    const refer = (ref: string) => referred(ref, name, names);
    const { definitions, ...rest } = schema;
    put(schemas, name, openApiSchema(rest, refer));
    for (const [key, part] of Object.entries(object(definitions)))
      put(schemas, definitionName(name, key), openApiSchema(part, refer));
  }
  return withoutUnusedBuiltIns(schemas, api, names, app);
}

function withoutUnusedBuiltIns(schemas: Json, api: RestApi, names: ModelNames, app: App): Json {
  const used = new Set<string | undefined>();
  for (const method of api.methods) {
    Object.values(knownOr(method.requestModels, {})).forEach((text) => used.add(names.of(text)));
    const scope = app.scopes.get(method.location.template);
    const responses = scope && Node.properties(scope, method.location.logicalId).get('MethodResponses').knownItems();
    for (const response of responses ?? [])
      Object.values(knownOr(response.get('ResponseModels').textRecord(), {})).forEach((text) =>
        used.add(names.of(text)),
      );
  }
  return Object.fromEntries(
    Object.entries(schemas).filter(([name, schema]) => schema !== at(BUILT_IN, name) || used.has(name)),
  );
}

function schemaOf(app: App, model: Model, names: ModelNames): unknown {
  const scope = app.scopes.get(model.location.template);
  if (!scope) return {};
  const [, ...path] = model.location.path;
  const node = path.reduce((at, key) => at.get(key), Node.properties(scope, model.location.logicalId));
  // A model of a body is the schema itself.
  const value = printed(plain(path.length > 0 ? node : node.get('Schema')), (text) => names.printed(text));
  if (typeof value !== 'string') return value;
  try {
    const parsed: unknown = JSON.parse(value);
    return isJson(parsed) ? parsed : {};
  } catch {
    return {};
  }
}

function nameOf({ name, location }: Model): string {
  const text = isKnown(name) ? name : location.logicalId;
  return text.replace(/[^A-Za-z0-9]+/g, '') || location.logicalId;
}

function definitionName(model: string, definition: string): string {
  const words = definition.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  return model + words.map((word) => word[0].toUpperCase() + word.slice(1)).join('');
}

/** Where a reference inside of a model leads to in the document. */
function referred(ref: string, model: string, names: ModelNames): string {
  const other = MODEL_URL.exec(ref)?.[1];
  const shared = /^#\/(?:components\/schemas|definitions)\/([^/]+)$/.exec(ref)?.[1];
  const name =
    other !== undefined
      ? (names.of(other) ?? other)
      : ref === '#'
        ? model
        : shared === undefined
          ? undefined
          : (names.of(shared) ?? definitionName(model, shared));
  return name === undefined ? ref : `#/components/schemas/${name}`;
}
