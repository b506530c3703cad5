import { type IKey } from 'aws-cdk-lib/aws-kms';
import { type IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { RequestValue } from '../../integrations/request-value';
import { startAccess, type StartAction } from '../../integrations/services/step-functions';
import { type BindHttpIntegration } from '../binding';
import { type HttpServiceIntegrationOptions, serviceIntegration } from './service';

/**
 * Options of an integration that starts a state machine.
 */
export interface HttpStepFunctionsIntegrationOptions extends HttpServiceIntegrationOptions {
  /**
   * Input of the execution: JSON text of up to 262,144 bytes.
   *
   * @default RequestValue.bodyJson('$')
   */
  readonly input?: RequestValue;

  /**
   * Name of the execution: a value that every request has. Of a standard state machine each name is taken once in 90 days. 1 to 80
   * characters.
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

export function stepFunctionsStart(
  machine: IStateMachine,
  options: HttpStepFunctionsIntegrationOptions,
): BindHttpIntegration {
  return start(machine, options, 'StartExecution');
}

export function stepFunctionsStartSync(
  machine: IStateMachine,
  options: HttpStepFunctionsIntegrationOptions,
): BindHttpIntegration {
  return start(machine, options, 'StartSyncExecution');
}

function start(
  machine: IStateMachine,
  options: HttpStepFunctionsIntegrationOptions,
  action: StartAction,
): BindHttpIntegration {
  return (context) =>
    serviceIntegration(context, options, {
      ...startAccess(machine, options, action, context),
      subtype: `StepFunctions-${action}`,
      parameters: {
        StateMachineArn: machine.stateMachineArn,
        Input: options.input ?? RequestValue.bodyJson('$'),
        Name: options.executionName,
      },
      optional: { Name: 'executionName' },
    });
}
