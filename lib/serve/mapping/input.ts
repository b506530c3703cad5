import { evaluatePath } from '../jsonpath/evaluate';
import { parsePath } from '../jsonpath/parse';
import { readJson } from '../vtl/json';
import { compactJson } from '../vtl/print';
import { TemplateError } from '../vtl/scanner';
import { HostObject, JavaMap, type Value } from '../vtl/values';

/** The request, or the response of the back end, that a mapping template reads. */
export interface MappingInput {
  readonly body: string;
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * `$input` of a mapping template.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
 */
export function inputOf({ body, path = {}, query = {}, headers = {} }: MappingInput): HostObject {
  // An empty body is an empty object.
  const text = body === '' ? '{}' : body;
  let json: { readonly value?: Value } | undefined;
  const at = (args: readonly Value[], method: string): Value | undefined => {
    const [expression] = args;
    if (args.length !== 1 || typeof expression !== 'string')
      throw new TemplateError(`$input.${method} takes one JSONPath`);
    const parsed = parsePath(expression);
    json ??= tryRead(text);
    return json.value === undefined ? undefined : evaluatePath(parsed, json.value);
  };
  let groups: JavaMap | undefined;
  const params = (args: readonly Value[]): Value => {
    if (args.length === 0)
      return (groups ??= JavaMap.of({
        path: JavaMap.of(path),
        querystring: JavaMap.of(query),
        header: JavaMap.of(headers),
      }));
    const [name] = args;
    const found = [path, query, headers].find((each) => typeof name === 'string' && Object.hasOwn(each, name));
    return found?.[name as string] ?? '';
  };
  return new HostObject(
    'input',
    { body: () => text },
    {
      body: () => text,
      path: (args) => at(args, 'path') ?? null,
      json: (args) => {
        const found = at(args, 'json');
        return found === undefined ? '""' : compactJson(found);
      },
      params,
    },
  );
}

/** A body that is not JSON counts as empty. */
function tryRead(text: string): { readonly value?: Value } {
  try {
    return { value: readJson(text) };
  } catch (error) {
    if (error instanceof TemplateError) return {};
    throw error;
  }
}
