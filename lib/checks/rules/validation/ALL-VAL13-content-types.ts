import { keyWithReferencesAs, type Texts } from '../../../template/model/text';
import { isKnown, knownOr, type Value } from '../../../template/model/value';
import { type ApiModel, type Location, type Method } from '../../../template/model/model';
import { type Rule, type Violation } from '../../rule';
import { callsOf, guide, inside, methodsOf, onMethod, sameResource } from '../../queries/common';
import { v2ApisOf } from '../../queries/v2';

/** `type/subtype`, with parameters or without; `*` stands for any. */
const MEDIA_TYPE = /^(?:\*|[\w!#$&^.+-]+)\/(?:\*|[\w!#$&^.+*-]+)(?:\s*;[^]*)?$/;

const isOther = (type: string): boolean => !MEDIA_TYPE.test(keyWithReferencesAs('a/b', type)) && !type.includes('\0');

const HINT = 'write a type and a subtype, e.g. application/json or image/*';

const wrong = (types: readonly string[]): string | undefined => types.find(isOther);
const keysOf = (map: Value<Texts>): string[] => Object.keys(knownOr(map, {}));

function* ofApis(model: ApiModel): Iterable<Violation> {
  for (const { binaryMediaTypes, gatewayResponses, models, location } of model.restApis) {
    // `~1` may stand for the slash here.
    const type = wrong(knownOr(binaryMediaTypes, []).map((one) => one.replace('~1', '/')));
    if (type !== undefined) {
      yield { location, message: `BinaryMediaTypes has "${type}"; ${HINT}` };
    }
    for (const response of gatewayResponses) {
      const key = wrong(keysOf(response.templates));
      if (key !== undefined) yield at(response.location, `a template of the gateway response is for "${key}"`);
    }
    yield* ofModels(models);
  }
  for (const { models } of v2ApisOf(model)) yield* ofModels(models);
}

function* ofModels(
  models: readonly { readonly contentType?: Value<string>; readonly location: Location }[],
): Iterable<Violation> {
  for (const { contentType, location } of models) {
    if (isKnown(contentType) && isOther(contentType)) yield at(location, `the model is for "${contentType}"`);
  }
}

const at = (location: Location, text: string): Violation => ({
  location,
  message: `${text}, which is not a media type; ${HINT}`,
});

const ofTemplate = (method: Method, key: string, location: Location): Violation =>
  onMethod(method, `has a template for "${key}", which is not a media type; ${HINT}`, location);

export const rule: Rule = {
  id: 'ALL-VAL13',
  appliesTo: ['rest', 'http', 'websocket'],
  severity: 'warning',
  title: 'Templates, models and binary types have valid media types',
  why: 'API Gateway compares them with Content-Type and Accept: a template, model or binary type under another name is never used, if it is not rejected.',
  fix: {
    library:
      'Write the type and subtype in `binaryMediaTypes`, `requestTemplates` and `contentType`, e.g. "application/json".',
    l2: 'Write the type and subtype in `binaryMediaTypes`, `requestTemplates` and `contentType`, e.g. "application/json".',
    cloudFormation:
      'Write the type and subtype, e.g. "application/json" in `RequestTemplates`, `RequestModels`, `ResponseModels` and `ContentType`, or "image/*" in `BinaryMediaTypes`.',
  },
  link: guide('api-gateway-payload-encodings'),
  *check(model) {
    yield* ofApis(model);
    for (const { method, integration } of callsOf(model)) {
      const key = wrong(keysOf(integration.requestTemplates));
      if (key !== undefined) yield ofTemplate(method, key, integration.location);
      for (const response of integration.responses) {
        const other = wrong(keysOf(response.templates));
        if (other !== undefined) yield ofTemplate(method, other, response.location);
      }
    }
    for (const { method } of methodsOf(model)) {
      for (const { responseModels, location } of method.responses) {
        const key = wrong(Object.keys(knownOr(responseModels, {})));
        if (key !== undefined) {
          yield onMethod(method, `has a response model for "${key}", which is not a media type; ${HINT}`, location);
        }
      }
    }
    for (const { api, method } of methodsOf(model)) {
      // In a document the content of a body is by media type too, and other rules look at it.
      const key = api.form === 'body' ? undefined : wrong(keysOf(method.requestModels));
      if (key !== undefined && !sameResource(method.location, api.location)) {
        const place = inside(method.location, 'RequestModels');
        yield onMethod(method, `has a model for "${key}", which is not a media type; ${HINT}`, place);
      }
    }
  },
};
