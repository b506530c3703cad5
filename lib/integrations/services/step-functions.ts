import { type IKey } from 'aws-cdk-lib/aws-kms';
import { type IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { SERVICE_ERRORS } from '../../facts/service-errors';
import { RequestValue } from '../request-value';
import { jsonLiteral } from '../velocity/template';
import { placeOf, refuseOtherMachine } from './accounts';
import { type CallScope, type ServiceCall } from './call';
import { machineKeyGrants } from './key-grants';
import { errorReplies, type Reply } from './replies';

/**
 * How an integration starts a state machine.
 */
export interface StepFunctionsStartOptions {
  /**
   * Input of the execution: JSON text of up to 262,144 bytes.
   *
   * @default RequestValue.bodyJson('$')
   */
  readonly input?: RequestValue;

  /**
   * Name of the execution. Of a standard state machine each name is taken once in 90 days, and a second start with other
   * input is answered 409. 1 to 80 characters.
   *
   * @default - made by Step Functions
   */
  readonly executionName?: RequestValue;

  /**
   * The key that encrypts the state machine; for one that is imported, which does not tell it.
   *
   * @default - the key that the state machine has in the app
   */
  readonly encryptionKey?: IKey;
}

/** @param success the reply to a start that went well */
export function stepFunctionsCall(
  machine: IStateMachine,
  options: StepFunctionsStartOptions,
  action: 'StartExecution' | 'StartSyncExecution',
  success: Reply,
  { owner, stack, template, style }: CallScope,
): ServiceCall {
  refuseOtherMachine(machine, machine.stateMachineArn, stack, owner);
  const name = options.executionName;
  const fields = [
    `"stateMachineArn":"${jsonLiteral(machine.stateMachineArn)}"`,
    `"input":${template.json(options.input ?? RequestValue.bodyJson('$'))}`,
    ...(name ? [`"name":${template.json(name)}`] : []),
  ];
  return {
    role: 'states',
    target: `states:action/${action}`,
    region: placeOf(machine, machine.stateMachineArn).region,
    grants: [
      { actions: [`states:${action}`], resources: [machine.stateMachineArn] },
      ...machineKeyGrants(machine, options.encryptionKey, action, owner),
    ],
    mappings: { 'integration.request.header.Content-Type': "'application/x-amz-json-1.0'" },
    template: template.render(`{${fields.join(',')}}`),
    replies: [success, ...errorReplies(style, SERVICE_ERRORS.states)],
  };
}
