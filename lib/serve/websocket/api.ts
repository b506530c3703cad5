import { knownOr } from '../../template/model/value';
import { type WebSocketApi } from '../../template/model/v2';
import {
  firstSegment,
  type LocalApi,
  type LocalApisOptions,
  schemaIn,
  stageVariables,
  withoutStage,
} from '../local-api';
import { WebSocketGateway } from './gateway';

const FORBIDDEN = { status: 403, message: 'Forbidden', errorType: 'ForbiddenException' } as const;

/** A WebSocket API with all its stages. */
export function webSocketApi(api: WebSocketApi, apiId: string, options: LocalApisOptions): LocalApi {
  const { environment } = options;
  const { logicalId } = api.location;
  const gateways = new Map(
    api.stages.map((stage) => {
      const variables = stageVariables(stage.variableTexts, environment);
      const schemaOf = schemaIn(environment);
      const gateway = new WebSocketGateway({ ...options, api, stage, apiId, schemaOf, stageVariables: variables });
      return [gateway.stage.stageName, gateway] as const;
    }),
  );
  const stages = [...gateways.keys()];
  const sockets = (target: string): { gateway: WebSocketGateway; prefix: string } | undefined => {
    const { written, decoded } = firstSegment(target);
    const gateway = gateways.get(decoded);
    return gateway && { gateway, prefix: `/${written}` };
  };
  return {
    ...{ kind: 'websocket', logicalId, name: knownOr(api.name, logicalId), apiId, stages, sockets },
    keys: [...gateways].flatMap(([stage, gateway]) => gateway.stage.usage.usable.map((key) => ({ stage, key }))),
    adopt(previous) {
      for (const [stage, gateway] of gateways) {
        const replaced = previous.sockets?.(`/${encodeURIComponent(stage)}`);
        if (replaced) gateway.adopt(replaced.gateway);
      }
    },
    async handle(request) {
      const found = sockets(request.target);
      return found
        ? found.gateway.manage(request, found.prefix)
        : withoutStage(request, { apiId, stages }, environment, FORBIDDEN);
    },
  };
}
