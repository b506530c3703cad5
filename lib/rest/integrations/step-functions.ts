import { type IStateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { type BindIntegration } from '../binding';
import { answer, errorReplies, textOf } from './replies';
import { RequestValue } from './request-value';
import { type RestServiceIntegrationOptions, serviceIntegration } from './service';
import { jsonLiteral, VelocityTemplate } from './velocity';

/**
 * Options of an integration that starts a state machine.
 */
export interface RestStepFunctionsIntegrationOptions extends RestServiceIntegrationOptions {
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
}

export function stepFunctionsStart(
  machine: IStateMachine,
  options: RestStepFunctionsIntegrationOptions,
): BindIntegration {
  return start(machine, options, 'StartExecution');
}

export function stepFunctionsStartSync(
  machine: IStateMachine,
  options: RestStepFunctionsIntegrationOptions,
): BindIntegration {
  return start(machine, options, 'StartSyncExecution');
}

function start(
  machine: IStateMachine,
  options: RestStepFunctionsIntegrationOptions,
  action: 'StartExecution' | 'StartSyncExecution',
): BindIntegration {
  return (context) => {
    const sync = action === 'StartSyncExecution';
    const { stateMachineType: type } = machine as { readonly stateMachineType?: StateMachineType };
    if (sync && type === StateMachineType.STANDARD) {
      throw context.owner.error(
        `the state machine "${machine.node.id}" is STANDARD, and StartSyncExecution takes EXPRESS ones only; ` +
          'give it stateMachineType: StateMachineType.EXPRESS, or use RestIntegration.stepFunctionsStart, which does not wait',
      );
    }
    const template = new VelocityTemplate(context);
    const name = options.executionName;
    const fields = [
      `"stateMachineArn":"${jsonLiteral(machine.stateMachineArn)}"`,
      `"input":${template.json(options.input ?? RequestValue.bodyJson('$'))}`,
      ...(name ? [`"name":${template.json(name)}`] : []),
    ];
    return serviceIntegration(context, options, {
      role: 'states',
      target: `states:action/${action}`,
      region: machine.env.region,
      grants: [{ actions: [`states:${action}`], resources: [machine.stateMachineArn] }],
      mappings: { 'integration.request.header.Content-Type': "'application/x-amz-json-1.0'" },
      parameters: template.parameters,
      template: template.render(`{${fields.join(',')}}`),
      replies: [
        sync
          ? { pattern: '2\\d{2}', status: 200, template: OUTPUT, overrides: [502, 504] }
          : { pattern: '2\\d{2}', status: 202, template: STARTED },
        ...errorReplies({
          ExecutionAlreadyExists: 409,
          InvalidExecutionInput: 400,
          InvalidName: 400,
          ValidationException: 400,
          ExecutionLimitExceeded: 503,
          ThrottlingException: 503,
        }),
      ],
    });
  };
}

const STARTED = textOf('executionArn', '$.executionArn');

// A failed execution is answered 200 by Step Functions; its error and cause are for those who run it.
const OUTPUT = [
  "#set($status = $input.path('$.status'))",
  `#if($status == "SUCCEEDED")$input.path('$.output')`,
  `#elseif($status == "TIMED_OUT")${answer(504)}`,
  `#else${answer(502)}#end`,
].join('');
