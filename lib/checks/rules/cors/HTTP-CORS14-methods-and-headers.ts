import { HTTP_METHODS, HEADER_NAME } from '../../../facts/names';
import { type CorsConfiguration } from '../../../template/model/v2';
import { isKnown, knownOr } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { guide } from '../../queries/common';

const METHODS: readonly string[] = ['*', ...HTTP_METHODS.filter((method) => method !== 'ANY')];

function* faultsOf({ allowMethods, allowHeaders, exposeHeaders }: CorsConfiguration): Iterable<string> {
  const method = knownOr(allowMethods, []).find((one) => !METHODS.includes(one));
  if (method !== undefined) {
    const upper = method.toUpperCase();
    yield `allows the method "${method}"; ${METHODS.includes(upper) ? `write ${upper}` : `there are ${METHODS.join(', ')}`}`;
  }
  for (const [list, does] of [
    [allowHeaders, 'allows'],
    [exposeHeaders, 'exposes'],
  ] as const) {
    const header = knownOr(list, []).find((one) => one !== '*' && !HEADER_NAME.test(one));
    if (header !== undefined) {
      yield `${does} the header "${header}", which is not the name of a header; each is an element of the list`;
    }
  }
}

export const rule: Rule = {
  id: 'HTTP-CORS14',
  appliesTo: ['http'],
  severity: 'warning',
  title: 'CORS lists methods and headers, each by its name',
  why: 'Browsers compare the method, in uppercase, and the header with the list: a name that they never send allows nothing.',
  fix: {
    library: 'Write the methods in uppercase and each header as an element of the list in `cors`.',
    l2: 'Use `CorsHttpMethod`, and write each header as an element of `allowHeaders` in `corsPreflight`.',
    cloudFormation: 'Write the methods in uppercase and each header as an element of the list in `CorsConfiguration`.',
  },
  link: guide('http-api-cors'),
  *check(model) {
    for (const { corsConfiguration: cors } of model.httpApis) {
      for (const fault of isKnown(cors) ? faultsOf(cors) : []) {
        yield { location: (cors as CorsConfiguration).location, message: `CORS ${fault}` };
      }
    }
  },
};
