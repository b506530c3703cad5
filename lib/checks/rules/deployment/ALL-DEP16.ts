import { type Method, type RestApi } from '../../../template/model';
import { isKnown, type Text } from '../../../template/value';
import { type Rule } from '../../rule';
import { guide, inside, routeOf, stageLabel } from '../../support';

const REFERENCE = /\bstageVariables(?:\.([A-Za-z0-9_]+)|\[\s*['"]([A-Za-z0-9_]+)['"]\s*\])/g;

/** Every text of the method in which API Gateway replaces stage variables. */
function* textsOf({ integration }: Method): Iterable<Text | undefined> {
  if (!isKnown(integration)) {
    return;
  }
  yield integration.uri;
  yield integration.credentials;
  yield integration.connectionId;
  yield integration.integrationTarget;
  yield* Object.values(integration.requestParameters);
  yield* Object.values(integration.requestTemplates);
  for (const { parameters, templates } of integration.responses) {
    yield* Object.values(parameters);
    yield* Object.values(templates);
  }
}

/** Variable → who uses it first. */
function usesIn(api: RestApi): Map<string, string> {
  const uses = new Map<string, string>();
  const note = (texts: Iterable<Text | undefined>, user: () => string): void => {
    for (const text of texts) {
      for (const [, dotted, quoted] of text?.includes('stageVariables') ? text.matchAll(REFERENCE) : []) {
        const name = dotted ?? quoted;
        uses.set(name, uses.get(name) ?? user());
      }
    }
  };
  api.methods.forEach((method) => note(textsOf(method), () => routeOf(method)));
  api.authorizers.forEach(({ uri, credentials, key }) => note([uri, credentials], () => `authorizer "${key}"`));
  return uses;
}

export const rule: Rule = {
  id: 'ALL-DEP16',
  appliesTo: ['rest'],
  severity: 'warning',
  title: 'Every stage defines the variables that the API uses',
  why: 'An undefined variable is replaced by nothing: the URI has a hole, and the calls of that stage answer 500.',
  fix: 'Add the variable to `variables` of each of the `stages`. In CloudFormation: `Variables` of the stage.',
  link: guide('stage-variables'),
  *check(model) {
    for (const api of model.restApis) {
      const uses = usesIn(api);
      for (const stage of uses.size > 0 ? api.stages : []) {
        const { variables } = stage;
        for (const [name, user] of isKnown(variables) ? uses : []) {
          if (isKnown(variables) && !Object.hasOwn(variables, name)) {
            yield {
              location: inside(stage.location, 'Variables'),
              message: `${stageLabel(stage)} does not define "${name}", which ${user} uses`,
              key: name,
            };
          }
        }
      }
    }
  },
};
