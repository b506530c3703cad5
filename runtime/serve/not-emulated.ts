import { type Location } from '../../lib/template/model/place';
import { isKnown, knownOr } from '../../lib/template/model/value';
import { type ApiModel, type AnyApi } from '../../lib/template/model/model';

/** Something in the templates that the service does and this gateway does not. */
export interface NotEmulated {
  readonly what: string;
  readonly location: Location;
}

/** What the gateway does not do of what the templates say, each with its place. */
export function notEmulated(model: ApiModel, origins: readonly string[] = []): NotEmulated[] {
  const apis: readonly AnyApi[] = [...model.restApis, ...model.httpApis, ...model.webSocketApis];
  return [
    ...model.webAclAssociations.map(({ location }) => ({ what: 'The web ACL filters nothing here', location })),
    ...apis.flatMap((api) => ofApi(api, model, origins)),
    ...model.domainNames
      .filter(({ mutualTls }) => mutualTls !== undefined)
      .map(({ location }) => ({ what: 'No client certificate is asked for (mutual TLS)', location })),
  ];
}

const isMapped = ({ location }: AnyApi, { domainMappings }: ApiModel): boolean =>
  domainMappings.some(
    ({ api }) => isKnown(api) && api.logicalId === location.logicalId && api.template === location.template,
  );

function ofApi(api: AnyApi, model: ApiModel, origins: readonly string[]): NotEmulated[] {
  const found: NotEmulated[] = [];
  const add = (what: string, location: Location): void => void found.push({ what, location });
  if (api.form === 'opaque') add('The definition is not in the template, so the API has no routes here', api.location);
  if (api.disableExecuteApiEndpoint === true && !isMapped(api, model)) {
    add(
      'The endpoint is disabled and no custom domain here leads to the API, so it is open all the same',
      api.location,
    );
  }
  for (const stage of api.stages) {
    if (stage.accessLog)
      add('Access logs are not written to CloudWatch; see the trace instead', stage.accessLog.location);
    if ('canary' in stage && stage.canary) {
      add(
        'The canary has the methods of the template, as the stage has: earlier deployments are not kept',
        stage.canary.location,
      );
    }
    if (stage.clientCertificateId !== undefined) add('Back ends get no client certificate', stage.location);
  }
  for (const integration of integrationsOf(api)) {
    const isLink = isKnown(integration.connectionType) && integration.connectionType === 'VPC_LINK';
    if (isLink && origins.length === 0) add('The VPC link leads nowhere here without --backend', integration.location);
  }
  return found;
}

function integrationsOf(api: AnyApi) {
  if (api.kind !== 'rest') return api.integrations;
  return api.methods.flatMap(({ integration }) => knownOr(integration, undefined) ?? []);
}
