import { type RestApi } from '../../../template/model/model';
import { isLiteral } from '../../../template/model/text';
import { type Rule, type Violation } from '../../rule';
import { guide, inside, onMethod, sameResource } from '../../queries/common';

/** One segment: a name, or a whole variable. A comma is documented too, though CDK refuses it. */
const SEGMENT = /^([A-Za-z0-9._:$,-]+|\{[A-Za-z0-9._:$-]+\+?\})$/;
const PATH = /^(\/|(\/([A-Za-z0-9._:$,-]+|\{[A-Za-z0-9._:$-]+\+?\}))+\/?)$/;

const problem = (part: string): string => {
  if (part.includes('/')) {
    return 'holds a slash: each segment is a resource of its own';
  }
  return /[{}]/.test(part)
    ? 'mixes a variable with text: a variable is a whole segment'
    : 'holds a character that is not taken';
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
      yield onMethod(method, part === undefined ? 'does not begin with a slash' : `: "${part}" ${problem(part)}`);
    }
  }
}

export const rule: Rule = {
  id: 'REST-ROUTE5',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'A path is made of characters that API Gateway takes',
  why: 'Other characters, and a variable that is part of a segment (`{id}.json`), are refused with "Resource\'s path part only allow …", and the stack rolls back.',
  fix: {
    library: 'Write letters, digits and `. _ - : $`, and a variable as a whole segment: `/files/{name}`.',
    l2: 'Write letters, digits and `. _ - : $` in `addResource(…)`, and a variable as a whole segment: `{name}`.',
    cloudFormation:
      'Write letters, digits and `. _ - : $` in `PathPart` of the `AWS::ApiGateway::Resource`, without a slash, and a ' +
      'variable as a whole segment.',
  },
  link: guide('api-gateway-known-issues'),
  *check(model) {
    for (const api of model.restApis) {
      yield* badPaths(api);
    }
  },
};
