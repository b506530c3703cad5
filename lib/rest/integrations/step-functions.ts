import { type IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import {
  type StartAction,
  stepFunctionsCall,
  type StepFunctionsDescribeOptions,
  stepFunctionsDescribeCall,
  type StepFunctionsStartOptions,
} from '../../integrations/services/step-functions';
import { type RestBindIntegration } from '../binding';
import { answer, textOf } from './replies';
import { bindCall, type RestServiceIntegrationOptions } from './service';

/**
 * Options of an integration that starts a state machine.
 */
export interface RestStepFunctionsIntegrationOptions extends RestServiceIntegrationOptions, StepFunctionsStartOptions {}

/**
 * Options of an integration that tells the state of an execution.
 */
export interface RestStepFunctionsDescribeIntegrationOptions
  extends RestServiceIntegrationOptions, StepFunctionsDescribeOptions {}

export function stepFunctionsDescribe(
  machine: IStateMachine,
  options: RestStepFunctionsDescribeIntegrationOptions,
): RestBindIntegration {
  return bindCall(options, (scope) => stepFunctionsDescribeCall(machine, options, scope));
}

export function stepFunctionsStart(
  machine: IStateMachine,
  options: RestStepFunctionsIntegrationOptions,
): RestBindIntegration {
  return start(machine, options, 'StartExecution');
}

export function stepFunctionsStartSync(
  machine: IStateMachine,
  options: RestStepFunctionsIntegrationOptions,
): RestBindIntegration {
  return start(machine, options, 'StartSyncExecution');
}

function start(
  machine: IStateMachine,
  options: RestStepFunctionsIntegrationOptions,
  action: StartAction,
): RestBindIntegration {
  const success =
    action === 'StartSyncExecution'
      ? { pattern: '2\\d{2}', status: 200, template: OUTPUT, overrides: [502, 504] }
      : { pattern: '2\\d{2}', status: 202, template: STARTED };
  return bindCall(options, (scope) => stepFunctionsCall(machine, options, action, success, scope));
}

const STARTED = textOf('executionArn', '$.executionArn');

// Step Functions responds 200 for a failed execution; its error and cause are for its operators.
const OUTPUT = [
  "#set($status = $input.path('$.status'))",
  `#if($status == "SUCCEEDED")$input.path('$.output')`,
  `#elseif($status == "TIMED_OUT")${answer(504)}`,
  `#else${answer(502)}#end`,
].join('');
