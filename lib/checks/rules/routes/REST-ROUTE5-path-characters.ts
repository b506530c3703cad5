import { type RestApi } from '../../../template/model/model';
import { isLiteral } from '../../../template/model/text';
import { type Rule, type Violation } from '../../rule';
import { guide, inside, onMethod, sameResource } from '../../queries/common';

/** One segment: a name, or a whole variable. A comma is documented too, though CDK refuses it. */
const SEGMENT = /^([A-Za-z0-9._:$,-]+|\{[A-Za-z0-9._:$-]+\+?\})$/;
const PATH = /^(\/|(\/([A-Za-z0-9._:$,-]+|\{[A-Za-z0-9._:$-]+\+?\}))+\/?)$/;

const problem = (part: string): string => {
  if (part.includes('/')) {
    return 'contains a slash: each segment is a separate resource';
  }
  return /[{}]/.test(part)
    ? 'mixes a variable with text: a variable must be a whole segment'
    : 'contains a character that is not allowed';
};

function* badPaths(api: RestApi): Iterable<Violation> {
  for (const { pathPart, location } of api.pathResources) {
    if (isLiteral(pathPart) && !SEGMENT.test(pathPart)) {
      yield { location: inside(location, 'PathPart'), message: `"${pathPart}" ${problem(pathPart)}` };
    }
  }
  const told = new Set<string>();
  for (const method of api.form === 'resources' ? [] : api.methods) {
    const { path } = method;
    if (isLiteral(path) && !PATH.test(path) && sameResource(method.location, api.location) && !told.has(path)) {
      told.add(path);
      const part = path
        .split('/')
        .slice(1)
        .find((one) => !SEGMENT.test(one));
      yield onMethod(method, part === undefined ? 'does not start with a slash' : `: "${part}" ${problem(part)}`);
    }
  }
}

export const rule: Rule = {
  id: 'REST-ROUTE5',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'A path has only characters that API Gateway allows',
  why: 'Other characters, and a variable that is part of a segment (`{id}.json`), are rejected with "Resource\'s path part only allow …", and the stack rolls back.',
  fix: {
    library: 'Use letters, digits and `. _ - : $`, and a variable as a whole segment: `/files/{name}`.',
    l2: 'Use letters, digits and `. _ - : $` in `addResource(…)`, and a variable as a whole segment: `{name}`.',
    cloudFormation:
      'Use letters, digits and `. _ - : $` in `PathPart` of the `AWS::ApiGateway::Resource`, without a slash, and a ' +
      'variable as a whole segment.',
  },
  link: guide('api-gateway-known-issues'),
  *check(model) {
    for (const api of model.restApis) {
      yield* badPaths(api);
    }
  },
};
