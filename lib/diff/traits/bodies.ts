import { type Method, type RestApi } from '../../template/model/model';
import { type Model } from '../../template/model/common';
import { type Resolved } from '../../template/model/resolved';
import { referenceOf, type Text } from '../../template/model/text';
import { isKnown, UNKNOWN, type Value } from '../../template/model/value';
import { breaking, harmless, uncertain } from '../rules';
import { misfitOf } from '../schema-fit';
import { type Rule, type Shown } from '../trait';
import { type Side, type Traits } from './side';

/** What is refused now must have been refused before. */
const BODY: Rule = {
  judge(before, after) {
    const misfit = misfitOf(before?.data ?? {}, after?.data ?? {});
    if (!misfit) return harmless('every body that was valid still is');
    const { isSure, why } = misfit;
    return isSure ? breaking(`${why}; other bodies get 400`) : uncertain(`possibly breaking: ${why}`);
  },
};

/** The models that API Gateway has for every API. */
const BUILT_IN: Readonly<Record<string, Resolved>> = {
  Empty: { type: 'object' },
  Error: { type: 'object', properties: { message: { type: 'string' } } },
};

/** What bodies of requests must be, for each content type; no more than nothing if they are not validated. */
export function bodyTraits(traits: Traits, method: Method, api: RestApi): void {
  const { validator, requestModels, inlineSchemas = {}, location } = method;
  const { side } = traits;
  if (validator === undefined || (validator !== UNKNOWN && validator.validateBody === false)) return;
  const isUnsure = validator === UNKNOWN || validator.validateBody === UNKNOWN;
  if (requestModels === UNKNOWN) {
    traits.add({ name: 'body', rule: BODY, value: side.unknown(location) });
    return;
  }
  for (const [contentType, model] of Object.entries(requestModels)) {
    const schema = Object.hasOwn(inlineSchemas, contentType) ? inlineSchemas[contentType] : schemaOf(model, api);
    const shown = schema === UNKNOWN || isUnsure ? side.unknown(location) : shownSchema(side, schema, api, method);
    traits.add({ name: `body ${contentType}`, rule: BODY, value: shown });
  }
}

function shownSchema(side: Side, schema: Resolved, api: RestApi, { location }: Method): Shown {
  const shown = side.json(schema, location);
  const data = inlined(shown.data, side, api, []);
  const key = JSON.stringify(data);
  // References are those of models, which are part of the data.
  return { key, text: key, isSure: true, data };
}

function schemaOf(model: Text, api: RestApi): Value<Resolved> {
  const found = modelNamed(model, api);
  if (found) return found.resolvedSchema ?? UNKNOWN;
  return typeof model === 'string' && Object.hasOwn(BUILT_IN, model) ? BUILT_IN[model] : UNKNOWN;
}

function modelNamed(name: Text, { models }: RestApi): Model | undefined {
  const logicalId = referenceOf(name)?.logicalId;
  return models.find((one) =>
    typeof name === 'string' ? isKnown(one.name) && one.name === name : one.location.logicalId === logicalId,
  );
}

/** No schema that people write has more models in each other. */
const MAX_MODELS = 10;

/** The schema with the models that it refers to in their places; a circle of them stays as it is. */
function inlined(schema: unknown, side: Side, api: RestApi, inside: readonly string[]): unknown {
  if (typeof schema !== 'object' || schema === null) return schema;
  if (Array.isArray(schema)) return (schema as unknown[]).map((one) => inlined(one, side, api, inside));
  const { $ref } = schema as { readonly $ref?: unknown };
  const name = typeof $ref === 'string' ? nameIn($ref) : undefined;
  const model = name !== undefined && !inside.includes(name) ? modelBehind(name, api) : undefined;
  if (name !== undefined && model?.resolvedSchema !== undefined && inside.length < MAX_MODELS) {
    return inlined(side.json(model.resolvedSchema, model.location).data, side, api, [...inside, name]);
  }
  return Object.fromEntries(Object.entries(schema).map(([key, one]) => [key, inlined(one, side, api, inside)]));
}

/** The last segment of `#/components/schemas/Order`, or of the URL of a model. */
function nameIn($ref: string): string | undefined {
  const last = $ref.slice($ref.lastIndexOf('/') + 1);
  return last === '' ? undefined : last.replaceAll('~1', '/').replaceAll('~0', '~');
}

/** A reference to a model resource stands between NULs, with its logical id in the middle. */
function modelBehind(name: string, api: RestApi): Model | undefined {
  const logicalId = /^\0[^\0\x01]*\x01([^\0\x01]+)\x01/.exec(name)?.[1];
  return logicalId === undefined
    ? modelNamed(name, api)
    : api.models.find(({ location }) => location.logicalId === logicalId);
}
