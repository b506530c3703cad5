import { isObject } from '../../json-schema/subschemas';
import { type Models } from './models';
import { type Operation } from '../../openapi/operations';
import { type References } from '../../openapi/references';
import { type RestReport } from './repairs';

/** The body of an operation that API Gateway checks. */
export interface Body {
  readonly model: string;
  readonly contentType: string;
}

/** The model of the JSON body; undefined if there is no body, or none that API Gateway can check. */
export function bodyOf(
  operation: Operation,
  defaultName: string,
  models: Models,
  references: References,
  report: RestReport,
): Body | undefined {
  if (operation.value.requestBody === undefined) return undefined;
  const body = references.follow(operation.value.requestBody, [...operation.place, 'requestBody']);
  if (!body) return undefined;
  if (operation.method === 'GET' || operation.method === 'HEAD') {
    report.repair('BodyOfGet', [...operation.place, 'requestBody']);
    return undefined;
  }
  const content = isObject(body.value.content) ? body.value.content : {};
  const types = Object.keys(content).filter((type) => isObject(content[type]) && content[type].schema !== undefined);
  const [chosen] = types.filter(isJson).sort((a, b) => rank(a) - rank(b));
  for (const type of types) {
    if (type !== chosen) report.repair('BodyType', [...body.path, 'content', type]);
  }
  if (chosen === undefined) return undefined;
  const media = content[chosen];
  const place = [...body.path, 'content', chosen, 'schema'];
  if (!isObject(media) || !isObject(media.schema)) {
    report.error(place, 'is not an object');
    return undefined;
  }
  for (const keyword of ['example', 'examples']) {
    if (media[keyword] !== undefined) report.repair('Annotations', [...body.path, 'content', chosen, keyword]);
  }
  const model = models.add(media.schema, place, defaultName);
  if (model === undefined) return undefined;
  if (body.value.required !== true) report.repair('OptionalBody', body.path);
  return { model, contentType: plain(chosen) };
}

function isJson(type: string): boolean {
  return /^application\/([\w.+-]+\+)?json$/i.test(plain(type));
}

/** `application/json; charset=utf-8` is `application/json` to API Gateway. */
function plain(type: string): string {
  return type.split(';')[0].trim();
}

function rank(type: string): number {
  return plain(type).toLowerCase() === 'application/json' ? 0 : 1;
}
