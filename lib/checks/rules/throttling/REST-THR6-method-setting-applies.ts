import { type MethodSetting, type RestApi } from '../../../template/model/model';
import { type Rule } from '../../rule';
import { routeOf, settingsOf, stageLabel } from '../../queries/common';
import { isLiteral } from '../../../template/model/text';

/** What is wrong with the way the path is written. */
function malformed(setting: MethodSetting): string | undefined {
  const raw = setting.rawResourcePath;
  if (typeof raw !== 'string' || raw === '/*' || raw === '/') {
    return undefined;
  }
  if (!raw.startsWith('/')) {
    return `path "${raw}" does not start with "/"`;
  }
  return raw.slice(1).includes('/') ? `path "${raw}" has "/" inside, which must be written "~1"` : undefined;
}

/** All values that a method setting may name; undefined if not all methods of the API are known. */
function namesIn(api: RestApi | undefined): Set<string> | undefined {
  if (!api || api.form === 'opaque') {
    return undefined;
  }
  const names = new Set<string>();
  for (const method of api.methods) {
    if (typeof method.httpMethod !== 'string' || !isLiteral(method.path)) {
      return undefined;
    }
    names.add(routeOf(method)).add(`* ${method.path}`);
  }
  return names;
}

export const rule: Rule = {
  id: 'REST-THR6',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'A method setting applies to a method of the API',
  why: 'A path that is misspelled or not encoded fails the deployment ("Invalid method setting path"), or its throttle, log level or cache has no effect.',
  fix: {
    library: 'Set `throttle` and `cache` on the route itself: the gateway writes the path.',
    l2: 'Specify the method in the `methodOptions` of `deployOptions` by its path and HTTP method, e.g. `/orders/{id}/GET`.',
    cloudFormation:
      'Start `ResourcePath` with "/", write every further "/" as "~1" (`/~1orders~1{id}`), and set `HttpMethod` to ' +
      'one of that resource.',
  },
  link: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-apigateway-stage-methodsetting.html',
  sameAs: { 'cfn-lint': ['E3723'] },
  *check(model) {
    const known = new Map<RestApi | undefined, Set<string> | undefined>();
    for (const { stage, setting, api } of settingsOf(model)) {
      const wrong = malformed(setting);
      if (wrong !== undefined) {
        yield { location: setting.location, message: `a method setting of ${stageLabel(stage)}: ${wrong}` };
        continue;
      }
      const { httpMethod, resourcePath } = setting;
      if (typeof httpMethod !== 'string' || typeof resourcePath !== 'string' || resourcePath === '/*') {
        continue;
      }
      if (!known.has(api)) {
        known.set(api, namesIn(api));
      }
      const names = known.get(api);
      if (names && !names.has(`${httpMethod} ${resourcePath}`) && !names.has(`ANY ${resourcePath}`)) {
        yield {
          location: setting.location,
          message: `a method setting of ${stageLabel(stage)} is for ${httpMethod} ${resourcePath}, which the API does not have`,
        };
      }
    }
  },
};
