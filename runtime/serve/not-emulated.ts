import { type Location, sameResource } from '../../lib/template/model/place';
import { isKnown, knownOr } from '../../lib/template/model/value';
import { type ApiModel, type AnyApi } from '../../lib/template/model/model';

/** Something in the templates that the service does and this gateway does not. */
export interface NotEmulated {
  readonly what: string;
  readonly location: Location;
}

/** Features of the templates that the gateway does not emulate, each with its place. */
export function notEmulated(model: ApiModel, origins: readonly string[] = []): NotEmulated[] {
  const apis: readonly AnyApi[] = [...model.restApis, ...model.httpApis, ...model.webSocketApis];
  return [
    ...model.webAclAssociations.map(({ location }) => ({ what: 'The web ACL does not filter requests', location })),
    ...apis.flatMap((api) => ofApi(api, model, origins)),
    ...model.domainNames
      .filter(({ mutualTls }) => mutualTls !== undefined)
      .map(({ location }) => ({ what: 'Clients need no certificate (mutual TLS)', location })),
  ];
}

const isMapped = ({ location }: AnyApi, { domainMappings }: ApiModel): boolean =>
  domainMappings.some(({ api }) => isKnown(api) && sameResource(api, location));

function ofApi(api: AnyApi, model: ApiModel, origins: readonly string[]): NotEmulated[] {
  const found: NotEmulated[] = [];
  const add = (what: string, location: Location): void => void found.push({ what, location });
  if (api.form === 'opaque') add('The definition of the API is not in the template, so it has no routes', api.location);
  if (api.disableExecuteApiEndpoint === true && !isMapped(api, model)) {
    add(
      'The endpoint is disabled and no custom domain of the templates leads to the API, so it is served anyway',
      api.location,
    );
  }
  if (api.kind === 'rest' && knownOr(api.endpointTypes, []).includes('PRIVATE')) {
    add('Requests do not use a VPC endpoint; conditions of the resource policy on it are met', api.location);
  }
  for (const stage of api.stages) {
    if (stage.accessLog)
      add('Access logs are not written; --trace writes the steps of each request', stage.accessLog.location);
    if ('canary' in stage && stage.canary) {
      add(
        'The canary and the stage have the same routes, those of the template: earlier deployments are not kept',
        stage.canary.location,
      );
    }
    if (stage.clientCertificateId !== undefined) add('Back ends get no client certificate', stage.location);
  }
  for (const integration of integrationsOf(api)) {
    const isLink = isKnown(integration.connectionType) && integration.connectionType === 'VPC_LINK';
    if (isLink && origins.length === 0) add('The VPC link has no target without --backend', integration.location);
  }
  return found;
}

function integrationsOf(api: AnyApi) {
  if (api.kind !== 'rest') return api.integrations;
  return api.methods.flatMap(({ integration }) => knownOr(integration, undefined) ?? []);
}
