import { type APIGatewayClient, GetAuthorizersCommand, GetDeploymentCommand } from '@aws-sdk/client-api-gateway';

/** A route as a deployment has it. */
export interface SnapshotRoute {
  readonly authorizationType: string;
  readonly apiKeyRequired: boolean;
}

/** `GET /orders/{id}` → what the deployment says of it. */
export type Snapshot = ReadonlyMap<string, SnapshotRoute>;

/** The routes that a deployment serves, which are not those that the API has by now; undefined where nothing tells. */
export async function readSnapshot(
  client: Pick<APIGatewayClient, 'send'>,
  restApiId: string,
  deploymentId: string,
): Promise<Snapshot | undefined> {
  const command = new GetDeploymentCommand({ restApiId, deploymentId, embed: ['apisummary'] });
  const { apiSummary } = await client.send(command);
  if (apiSummary === undefined) return undefined;
  const routes = new Map<string, SnapshotRoute>();
  for (const [path, methods] of Object.entries(apiSummary)) {
    for (const [method, { authorizationType = 'NONE', apiKeyRequired = false }] of Object.entries(methods)) {
      routes.set(`${method.toUpperCase()} ${path}`, { authorizationType, apiKeyRequired });
    }
  }
  return routes;
}

/** Names of the authorizers that the API has. */
export async function readAuthorizers(client: Pick<APIGatewayClient, 'send'>, restApiId: string): Promise<string[]> {
  const names: string[] = [];
  let position: string | undefined;
  do {
    const page = await client.send(new GetAuthorizersCommand({ restApiId, limit: 500, position }));
    names.push(...(page.items ?? []).map(({ name = '' }) => name));
    position = page.position;
  } while (position !== undefined);
  return names;
}
