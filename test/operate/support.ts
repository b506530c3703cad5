import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { type GatewayKind } from '../../lib/facts/kinds';
import { type AccessLogOptions, createAccessLog } from '../../lib/operate/access-log';
import { apiDimensions, type MonitoredApi, type MonitoredQuota } from '../../lib/operate/monitored-api';
import { createOperations, type OperationsOptions } from '../../lib/operate/operations';
import { Owner } from '../../lib/authoring/errors';
import { pathInStack } from '../../lib/authoring/places';
import { type Json } from '../support/stacks';

/** Routes as each kind names them. */
const ROUTES: Readonly<Record<GatewayKind, readonly string[]>> = {
  rest: ['GET /orders', 'POST /orders', 'GET /orders/{id}', 'GET /health'],
  http: ['GET /orders', 'POST /orders', '$default'],
  websocket: ['$connect', '$disconnect', '$default', 'send'],
};

export interface Watched {
  readonly stages?: readonly string[];
  readonly detailedMetrics?: boolean;
  readonly accessLog?: AccessLogOptions;
  readonly quotas?: readonly MonitoredQuota[];
  readonly routes?: readonly string[];
}

/** An API of plain inputs, as a gateway of any kind describes its own. */
export function monitored(kind: GatewayKind, watched: Watched = {}) {
  const stack = new Stack(new App(), 'Shop', { env: { region: 'eu-west-1', account: '111122223333' } });
  const scope = new Construct(stack, 'Orders');
  const owner = new Owner("Gateway 'Orders'");
  const api: MonitoredApi = {
    kind,
    label: 'Orders',
    path: pathInStack(scope),
    dimensions: apiDimensions(kind, 'a1b2c3', 'orders'),
    stages: (watched.stages ?? ['prod']).map((key) => ({
      key,
      name: key,
      detailedMetrics: watched.detailedMetrics ?? true,
      accessLog: createAccessLog(scope, `AccessLog-${key}`, watched.accessLog ?? {}, {
        kind,
        name: `Orders/${key}`,
        owner,
      }),
    })),
    routes: () => watched.routes ?? ROUTES[kind],
    quotas: watched.quotas ?? [],
    owner,
  };
  return { stack, scope, api, topic: new Topic(stack, 'Topic') };
}

/** What operations make of it: id → resource, and the errors of the finished tree. */
export function operations(
  kind: GatewayKind,
  options: (made: ReturnType<typeof monitored>) => OperationsOptions,
  watched: Watched = {},
) {
  const made = monitored(kind, watched);
  const { errors } = createOperations(made.scope, made.api, options(made));
  const template: Json = Template.fromStack(made.stack).toJSON();
  return { ...made, template, errors };
}

/** Properties of the resources of a type, by what of their id is the user's. */
export function byId(template: Json, type: string): Record<string, Json> {
  return Object.fromEntries(
    Object.entries<Json>(template.Resources)
      .filter(([, { Type }]) => Type === type)
      .map(([id, { Properties }]) => [
        id.replace(/[0-9A-F]{8}$/, '').replace(/^Orders(Alarms|Queries)/, ''),
        Properties,
      ]),
  );
}
