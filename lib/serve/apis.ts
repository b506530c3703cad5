import { type ApiModel } from '../template/model/model';
import { type Located } from '../template/model/place';
import { type Value } from '../template/model/value';
import { LocalDomains } from './domains';
import { type Environment } from './environment';
import { httpApi } from './http/api';
import { idOf } from './ids';
import { type LocalApi, type LocalApisOptions, unanswered } from './local-api';
import { restApi } from './rest/api';
import { webSocketApi } from './websocket/api';

/** The id of an API here: the same for the same name. */
export const apiIdOf = (name: string): string => `${idOf(name)}${idOf(`${name} `)}`.slice(0, 10);

/** The APIs of the templates that have a stage. */
export function localApis(model: ApiModel, options: Omit<LocalApisOptions, 'model'>): LocalApi[] {
  const parts: LocalApisOptions = { ...options, model };
  const isServed = ({ form, stages }: { readonly form: string; readonly stages: readonly unknown[] }): boolean =>
    form !== 'partial' && stages.length > 0;
  const domains = new LocalDomains(model, options.environment);
  const idIn = ({ location }: Located): string => apiIdOf(options.environment.nameOf(location));
  const open = (api: Closable, local: LocalApi): LocalApi =>
    !options.opensDisabledEndpoints && api.disableExecuteApiEndpoint === true && domains.leadTo(api.location)
      ? closed(local, api, options.environment)
      : local;
  return [
    ...model.restApis.filter(isServed).map((api) => open(api, restApi(api, idIn(api), parts))),
    ...model.httpApis.filter(isServed).map((api) => open(api, httpApi(api, idIn(api), parts))),
    ...model.webSocketApis.filter(isServed).map((api) => open(api, webSocketApi(api, idIn(api), parts))),
  ];
}

interface Closable extends Located {
  readonly disableExecuteApiEndpoint?: Value<boolean>;
}

/**
 * An API that only custom domains lead to, as those of the templates do. One without any domain here stays open, or no client could
 * call it.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-disable-default-endpoint.html
 */
function closed(local: LocalApi, { location }: Located, environment: Environment): LocalApi {
  const { handle, sockets, apiId } = local;
  const note =
    'disableExecuteApiEndpoint is true: send the request to a custom domain, with its name in the Host header';
  return {
    ...local,
    async handle(request, mapped) {
      if (mapped) return handle(request, mapped);
      const answer = { status: 403, message: 'Forbidden', errorType: 'ForbiddenException' };
      return unanswered(request, apiId, environment, { ...answer, note, refused: 'DISABLED', because: [location] });
    },
    ...(sockets ? { sockets: (target, mapped) => mapped && sockets(target, mapped) } : {}),
  };
}
