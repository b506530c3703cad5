import { type AnyApi, type AnyIntegration } from '../../../template/model/model';
import { outline, type Text, type Texts } from '../../../template/model/text';
import { isKnown, knownOr, type Value } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { guide, routeOf, stageLabel } from '../../queries/common';
import { allApisOf, routesOfApi, variablesOf } from '../../queries/v2';

const REFERENCE = /\bstageVariables(?:\.([A-Za-z0-9_]+)|\[\s*['"]([A-Za-z0-9_]+)['"]\s*\])/g;

type Note = (text: Text | undefined) => void;

function noteAll(texts: Value<Texts>, note: Note): void {
  for (const text of Object.values(knownOr(texts, {}))) {
    note(text);
  }
}

/** Shows every text of the integration in which API Gateway replaces stage variables. */
function noteTexts(integration: AnyIntegration, note: Note): void {
  note(integration.uri);
  note(integration.credentials);
  note(integration.connectionId);
  noteAll(integration.requestParameters, note);
  noteAll(integration.requestTemplates, note);
  for (const { parameters, templates } of integration.responses) {
    noteAll(parameters, note);
    noteAll(templates, note);
  }
  if ('responseParameters' in integration) {
    Object.values(knownOr(integration.responseParameters, {})).forEach((parameters) => noteAll(parameters, note));
  } else {
    note(integration.integrationTarget);
  }
}

/** Variable → who uses it first. */
function usesIn(api: AnyApi): Map<string, string> {
  const uses = new Map<string, string>();
  let user = (): string => '';
  const note: Note = (given) => {
    const text = outline(given);
    if (!text.includes('stageVariables')) {
      return;
    }
    for (const [, dotted, quoted] of text.matchAll(REFERENCE)) {
      const name = dotted ?? quoted;
      uses.set(name, uses.get(name) ?? user());
    }
  };
  const told = new Set<unknown>();
  for (const route of routesOfApi(api)) {
    const { integration } = route;
    // Routes of an HTTP or WebSocket API share integrations.
    if (isKnown(integration) && !told.has(integration)) {
      told.add(integration);
      user = () => routeOf(route);
      noteTexts(integration, note);
    }
  }
  for (const { uri, credentials, key } of api.authorizers) {
    user = () => `authorizer "${key}"`;
    note(uri);
    note(credentials);
  }
  return uses;
}

export const rule: Rule = {
  id: 'ALL-DEP16',
  appliesTo: ['rest', 'http', 'websocket'],
  severity: 'warning',
  title: 'Every stage defines the variables that the API uses',
  why: 'An undefined variable is replaced by an empty string: part of the URI is missing, and calls to that stage return 500.',
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
