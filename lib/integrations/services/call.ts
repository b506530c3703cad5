import { type Stack } from 'aws-cdk-lib';
import { type Owner } from '../../authoring/errors';
import { type ServiceGrant } from '../service-roles';
import { type VelocityTemplate } from '../velocity/template';
import { type Reply, type ReplyStyle } from './replies';

/** A call of an AWS service, of which only the names are its own. */
export interface ServiceCall {
  /** Name of the role, and of the service in messages. */
  readonly role: string;
  /** `sqs:path/…`, `dynamodb:action/GetItem`: what follows the Region in the URI. */
  readonly target: string;
  readonly region: string;
  readonly httpMethod?: string;
  readonly grants: readonly ServiceGrant[];
  /** `integration.request.…` → mapping expression. */
  readonly mappings?: Readonly<Record<string, string>>;
  /** Request template; none passes the body on as it is. */
  readonly template?: string;
  readonly replies: readonly Reply[];
}

/** What a call is made with. */
export interface CallScope {
  readonly owner: Owner;
  /** The stack of the API. */
  readonly stack: Stack;
  readonly template: VelocityTemplate;
  readonly style: ReplyStyle;
}
