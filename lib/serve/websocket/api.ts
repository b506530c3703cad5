import { knownOr } from '../../template/model/value';
import { type WebSocketApi } from '../../template/model/v2';
import { type LocalApi, type LocalApisOptions, schemaIn, stageIn, stageVariables, withoutStage } from '../local-api';
import { WebSocketGateway } from './gateway';

const FORBIDDEN = { status: 403, message: 'Forbidden', errorType: 'ForbiddenException' } as const;

/** A WebSocket API with all its stages. */
export function webSocketApi(api: WebSocketApi, apiId: string, options: LocalApisOptions): LocalApi {
  const { environment } = options;
  const { location } = api;
  const id = environment.nameOf(location);
  const gateways = new Map(
    api.stages.map((stage) => {
      const variables = stageVariables(stage.variableTexts, environment);
      const schemaOf = schemaIn(environment);
      const gateway = new WebSocketGateway({ ...options, api, stage, apiId, schemaOf, stageVariables: variables });
      return [gateway.stage.stageName, gateway] as const;
    }),
  );
  const stages = [...gateways.keys()];
  const sockets: NonNullable<LocalApi['sockets']> = (target, mapped) => {
    const { stage, prefix } = stageIn(target, mapped);
    const gateway = gateways.get(stage);
    return gateway && { gateway, prefix, ...(mapped ? { mapped } : {}) };
  };
  return {
    ...{ kind: 'websocket', id, location, name: knownOr(api.name, id), apiId, stages, sockets },
    keys: [...gateways].flatMap(([stage, gateway]) => gateway.stage.usage.usable.map((key) => ({ stage, key }))),
    adopt(previous) {
      for (const [stage, gateway] of gateways) {
        const replaced = previous.sockets?.(`/${encodeURIComponent(stage)}`);
        if (replaced) gateway.adopt(replaced.gateway);
      }
    },
    async handle(request, mapped) {
      const found = sockets(request.target, mapped);
      return found
        ? found.gateway.manage(request, found.prefix)
        : withoutStage(request, { apiId, stages }, environment, FORBIDDEN);
    },
  };
}
