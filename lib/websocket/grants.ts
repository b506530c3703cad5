import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { type GrantContext, selectedStages } from '../gateway/grants';
import { suggest } from '../lookup/nearest';
import { type WebSocketRouteDefinition } from './route';

/**
 * The stages that clients are allowed to connect to.
 */
export interface WebSocketGrantOptions {
  /**
   * Keys of the `stages` map.
   *
   * @default - all
   */
  readonly stages?: string[];
}

/**
 * Which connections may be managed, and how.
 */
export interface WebSocketManageConnectionsOptions {
  /**
   * Keys of the `stages` map.
   *
   * @default - all
   */
  readonly stages?: string[];

  /**
   * What may be done with a connection: `POST` sends to it, `GET` returns information about it, `DELETE` ends it.
   *
   * @default ['POST', 'GET', 'DELETE']
   */
  readonly methods?: string[];
}

/** Created here or imported: an import has no known routes. */
type WebSocketGrantContext = GrantContext<
  Pick<WebSocketRouteDefinition, 'route' | 'authorizer'>,
  { readonly definition: { readonly name: string } }
>;

const METHODS: readonly string[] = ['POST', 'GET', 'DELETE'];

/**
 * @throws if a stage does not exist
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-control-access-iam.html
 */
export function grantManageConnections(
  grantee: IGrantable,
  options: WebSocketManageConnectionsOptions,
  context: WebSocketGrantContext,
): Grant {
  const { owner } = context;
  const methods = options.methods ?? METHODS;
  if (methods.length === 0) throw owner.error('methods is empty, so nothing would be granted; remove it for all');
  for (const method of methods) {
    if (!METHODS.includes(method))
      throw owner.error(`"${method}" is nothing that connections have.${suggest(method, METHODS)}`);
  }
  return Grant.addToPrincipal({
    grantee,
    actions: ['execute-api:ManageConnections'],
    // The IDs of connections come and go; stages and methods are exact. The stage is given by name: it comes after the functions
    // behind its routes, which usually get this grant.
    resourceArns: selectedStages(options.stages, context).flatMap(({ definition }) =>
      methods.map((method) => `${context.arn}/${definition.name}/${method}/@connections/*`),
    ),
  });
}

/** @throws if a stage does not exist, or clients need no signature */
export function grantExecute(
  grantee: IGrantable,
  options: WebSocketGrantOptions,
  context: WebSocketGrantContext,
): Grant {
  const { owner } = context;
  const connect = context.routes.find(({ route }) => route.event === 'connect');
  if (connect?.authorizer && connect.authorizer.kind !== 'iam') {
    throw owner.error(
      `route "$connect" has an authorizer of kind "${connect.authorizer.kind}", for which an IAM policy has no effect; give it WebSocketAuthorizer.iam()`,
    );
  }
  return Grant.addToPrincipal({
    grantee,
    actions: ['execute-api:Invoke'],
    // Every route that a client sends to, including those added later: they are all behind $connect.
    resourceArns: selectedStages(options.stages, context).map(
      ({ definition }) => `${context.arn}/${definition.name}/*`,
    ),
  });
}
