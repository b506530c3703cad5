import { type ServiceErrors } from '../../facts/service-errors';
import * as shared from '../../integrations/services/replies';
import { messageOf, type Reply } from '../../integrations/services/replies';
import { type RestIntegrationResponse } from './response-options';

export { messageOf, type Reply, textOf } from '../../integrations/services/replies';

/** Velocity that renders nothing; an empty template would pass on the back end's body unchanged. */
export const NO_BODY = '#set($none = "")';

/** Velocity that responds with a status other than the reply's own. */
export function answer(status: number): string {
  return `#set($context.responseOverride.status = ${status})${messageOf(status)}`;
}

export const REST_STYLE: shared.ReplyStyle = { answer, done: NO_BODY };

/** The replies of every AWS service, on REST APIs. */
export function errorReplies(errors: ServiceErrors): Reply[] {
  return shared.errorReplies(REST_STYLE, errors);
}

/** The replies as an integration returns them. */
export function responsesOf(replies: readonly Reply[]): RestIntegrationResponse[] {
  return replies.map(({ pattern, status, template, headers, overrides }) => ({
    selectionPattern: pattern === 'default' ? undefined : pattern,
    statusCode: status,
    statusOverrides: overrides && [...overrides],
    headers: headers && { ...headers },
    templates: template === undefined ? undefined : { 'application/json': template },
  }));
}
