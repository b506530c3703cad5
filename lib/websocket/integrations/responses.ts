import { show } from '../../authoring/errors';
import { faultOfPattern } from '../../authoring/regular-expression';
import { messageOf, type Reply, type ReplyStyle } from '../../integrations/services/replies';
import {
  DEFAULT_TEMPLATE,
  DEFAULT_TEMPLATE_EXPRESSION,
  type WebSocketIntegrationContext,
  type BoundResponse,
} from '../binding';
import { type WebSocketIntegrationResponse } from './response-options';
import { checkTemplate } from './values';

/** Messages have no status: the response has only the error. */
export const WEBSOCKET_STYLE: ReplyStyle = { answer: messageOf, done: '{}' };

/**
 * The responses of a call. A client may connect only on success: no other result has a response, and API Gateway fails without
 * one. On a route that returns nothing, one response is for everything.
 */
export function responsesOf(
  replies: readonly Reply[],
  context: WebSocketIntegrationContext,
): WebSocketIntegrationResponse[] {
  if (context.route.event === 'connect') return [{ selectionPattern: SUCCESS }];
  if (!context.returnResponse) return [{}];
  return replies.map(({ pattern, template }) => ({
    selectionPattern: pattern === 'default' ? undefined : pattern.replace('2\\d{2}', SUCCESS),
    template,
  }));
}

const SUCCESS = '2\\d\\d';

/** The responses of an integration, checked. */
export function renderResponses(
  given: readonly WebSocketIntegrationResponse[],
  context: WebSocketIntegrationContext,
): BoundResponse[] {
  const { owner, route } = context;
  const responses = given.map((response) => {
    const { template, templates, templateSelectionExpression: expression } = response;
    if (template !== undefined && templates)
      throw owner.error('a response has template and templates; give one of the two');
    if ((templates === undefined) !== (expression === undefined)) {
      throw owner.error(
        'templates and templateSelectionExpression go together, e.g. "${integration.response.statuscode}"; for one template, write template',
      );
    }
    for (const one of [template ?? '', ...Object.values(templates ?? {})])
      checkTemplate(one, 'a response template', context);
    const written = templates
      ? { templates: sorted(templates), templateSelectionExpression: expression }
      : oneTemplate(template);
    return { key: keyOf(response, owner), ...written };
  });
  const keys = responses.map(({ key }) => key);
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice !== undefined)
    throw owner.error(`two responses are for ${show(twice)}, so one would never be sent; join them`);
  if (!keys.includes(DEFAULT_TEMPLATE) && route.event !== 'connect') {
    throw owner.error(
      'has no default response, so anything that no selectionPattern matches is a different error; add one without selectionPattern',
    );
  }
  return responses;
}

function oneTemplate(template: string | undefined): Pick<BoundResponse, 'templates' | 'templateSelectionExpression'> {
  if (template === undefined) return {};
  return {
    templates: { [DEFAULT_TEMPLATE]: template },
    templateSelectionExpression: DEFAULT_TEMPLATE_EXPRESSION,
  };
}

function keyOf(
  { selectionPattern: pattern }: WebSocketIntegrationResponse,
  owner: WebSocketIntegrationContext['owner'],
): string {
  if (pattern === undefined) return DEFAULT_TEMPLATE;
  const bare = pattern.replace(/^\/(.*)\/$/, '$1');
  const why = faultOfPattern(bare);
  if (why !== undefined) {
    throw owner.error(
      `selectionPattern ${show(pattern)} is not a regular expression (${why}); write e.g. "4\\\\d\\\\d" for every 4xx status`,
    );
  }
  if (bare === '' || pattern.startsWith('$')) {
    throw owner.error(`selectionPattern ${show(pattern)} stands for the default response; remove it there`);
  }
  return `/${bare}/`;
}

/** By key: their order makes no change. */
export function sorted(map: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));
}
