import { type Integration } from '../model/model';
import { defined, type Json, orNothing } from './json';
import { isKnown, type Value } from '../model/value';

/** `x-amazon-apigateway-integration` of an integration. */
export function integrationExtension(integration: Integration): Json {
  const responses = integration.responses.map((response) => [
    known(response.selectionPattern) || 'default',
    defined({
      statusCode: known(response.statusCode),
      responseParameters: orNothing(known(response.parameters) ?? {}),
      responseTemplates: orNothing(known(response.templates) ?? {}),
      contentHandling: known(response.contentHandling),
    }),
  ]);
  return defined({
    type: known(integration.type)?.toLowerCase(),
    httpMethod: known(integration.httpMethod),
    uri: integration.uri,
    credentials: integration.credentials,
    connectionType: known(integration.connectionType),
    connectionId: integration.connectionId,
    integrationTarget: integration.integrationTarget,
    requestParameters: orNothing(known(integration.requestParameters) ?? {}),
    requestTemplates: orNothing(known(integration.requestTemplates) ?? {}),
    passthroughBehavior: known(integration.passthroughBehavior)?.toLowerCase(),
    contentHandling: known(integration.contentHandling),
    timeoutInMillis: known(integration.timeoutInMillis),
    cacheKeyParameters: orNothing(known(integration.cacheKeyParameters) ?? []),
    cacheNamespace: known(integration.cacheNamespace),
    responseTransferMode: known(integration.responseTransferMode),
    tlsConfig: integration.insecureSkipVerification === true ? { insecureSkipVerification: true } : undefined,
    responses: orNothing(Object.fromEntries(responses) as Json),
  });
}

function known<T>(value: Value<T> | undefined): T | undefined {
  return isKnown(value) ? value : undefined;
}
