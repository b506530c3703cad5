import { type AnyApi, type AnyIntegration } from '../../../template/model';
import { isKnown, type Text, type Value } from '../../../template/value';
import { type Rule } from '../../rule';
import { guide, routeOf, stageLabel } from '../../support';
import { allApisOf, variablesOf } from '../../v2-support';

const REFERENCE = /\bstageVariables(?:\.([A-Za-z0-9_]+)|\[\s*['"]([A-Za-z0-9_]+)['"]\s*\])/g;

/** Every text of the integration in which API Gateway replaces stage variables. */
function* textsOf(integration: Value<AnyIntegration> | undefined): Iterable<Text | undefined> {
  if (!isKnown(integration)) {
    return;
  }
  yield integration.uri;
  yield integration.credentials;
  yield integration.connectionId;
  if ('integrationTarget' in integration) {
    yield integration.integrationTarget;
  }
  yield* Object.values(integration.requestParameters);
  yield* Object.values(integration.requestTemplates);
  for (const { parameters, templates } of integration.responses) {
    yield* Object.values(parameters);
    yield* Object.values(templates);
  }
  for (const parameters of 'responseParameters' in integration ? Object.values(integration.responseParameters) : []) {
    yield* Object.values(parameters);
  }
}

/** Variable → who uses it first. */
function usesIn(api: AnyApi): Map<string, string> {
  const uses = new Map<string, string>();
  const note = (texts: Iterable<Text | undefined>, user: () => string): void => {
    for (const text of texts) {
      for (const [, dotted, quoted] of text?.includes('stageVariables') ? text.matchAll(REFERENCE) : []) {
        const name = dotted ?? quoted;
        uses.set(name, uses.get(name) ?? user());
      }
    }
  };
  const told = new Set<unknown>();
  for (const route of api.kind === 'rest' ? api.methods : api.routes) {
    // Routes of an HTTP or WebSocket API share integrations.
    if (!told.has(route.integration)) {
      told.add(route.integration);
      note(textsOf(route.integration), () => routeOf(route));
    }
  }
  api.authorizers.forEach(({ uri, credentials, key }) => note([uri, credentials], () => `authorizer "${key}"`));
  return uses;
}

export const rule: Rule = {
  id: 'ALL-DEP16',
  appliesTo: ['rest', 'http', 'websocket'],
  severity: 'warning',
  title: 'Every stage defines the variables that the API uses',
  why: 'An undefined variable is replaced by nothing: the URI has a hole, and the calls of that stage answer 500.',
  fix: {
    library: 'Add the variable to `variables` of each of the `stages`.',
    l2: 'Add the variable to `variables` of each `Stage` (`stageVariables` of an `HttpStage` or `WebSocketStage`).',
    cloudFormation: 'Add the variable to `Variables` of each stage (`StageVariables` of an HTTP or WebSocket API).',
  },
  link: guide('stage-variables'),
  *check(model) {
    for (const api of allApisOf(model)) {
      const uses = usesIn(api);
      for (const stage of uses.size > 0 ? api.stages : []) {
        const { variables } = stage;
        for (const [name, user] of isKnown(variables) ? uses : []) {
          if (isKnown(variables) && !Object.hasOwn(variables, name)) {
            yield {
              location: variablesOf(stage),
              message: `${stageLabel(stage)} does not define "${name}", which ${user} uses`,
              key: name,
            };
          }
        }
      }
    }
  },
};
