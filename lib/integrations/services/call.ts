import { type Stack } from 'aws-cdk-lib';
import { type Owner } from '../../authoring/errors';
import { type ServiceGrant } from '../service-roles';
import { type VelocityTemplate } from '../velocity/template';
import { type Reply, type ReplyStyle } from './replies';

/** What calls of a service have in common, whatever the kind of API. */
export interface ServiceAccess {
  /** Name of the role, and of the service in messages. */
  readonly role: string;
  /** Region of the resource. */
  readonly region: string;
  readonly grants: readonly ServiceGrant[];
}

/** A call of an AWS service by REST and WebSocket APIs, with the names that are specific to the service. */
export interface ServiceCall extends ServiceAccess {
  /** The part after the Region in the URI: `sqs:path/…`, `dynamodb:action/GetItem`. */
  readonly target: string;
  readonly httpMethod?: string;
  /** `integration.request.…` → mapping expression. */
  readonly mappings?: Readonly<Record<string, string>>;
  /** Request template; without one, the body is passed on unchanged. */
  readonly template?: string;
  readonly replies: readonly Reply[];
}

/** The context of a call. */
export interface CallScope {
  readonly owner: Owner;
  /** The stack of the API. */
  readonly stack: Stack;
  readonly template: VelocityTemplate;
  readonly style: ReplyStyle;
}
