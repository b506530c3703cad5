import { type Integration } from '../../../template/model';
import { type StateMachine } from '../../../template/neighbours-model';
import { actionOf, serviceOf } from '../../service-calls';
import { type Rule } from '../../rule';
import { absolute, callsOf, onMethod, resourceKey } from '../../support';

const isStandard = ({ type }: StateMachine): boolean => type === undefined || type === 'STANDARD';

/** The standard state machine that the templates of the integration name. */
function named(integration: Integration, machines: readonly StateMachine[]): StateMachine | undefined {
  const texts = Object.values(integration.requestTemplates).map((text) =>
    absolute(text, integration.location.template),
  );
  return machines.find(({ location }) => {
    const key = resourceKey(location);
    return texts.some((text) => text.includes(`<${key}>`) || text.includes(`<${key}.Arn>`));
  });
}

export const rule: Rule = {
  id: 'ALL-INT25',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'Only an express workflow is waited for',
  why: 'StartSyncExecution runs express workflows alone. For a standard one Step Functions answers StateMachineTypeNotSupported, to every call.',
  fix:
    'Make the state machine with `stateMachineType: StateMachineType.EXPRESS`, or start it with `RestIntegration.stepFunctionsStart(…)`. In CloudFormation: ' +
    '`StateMachineType: EXPRESS`, or the action `StartExecution`.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartSyncExecution.html',
  *check(model) {
    const standard = model.stateMachines.filter(isStandard);
    for (const { method, integration } of standard.length > 0 ? callsOf(model) : []) {
      if (
        integration.type === 'AWS' &&
        serviceOf(integration) === 'states' &&
        actionOf(integration) === 'StartSyncExecution'
      ) {
        const machine = named(integration, standard);
        if (machine) {
          yield onMethod(
            method,
            `waits for ${machine.location.logicalId}, which is of type STANDARD`,
            integration.location,
          );
        }
      }
    }
  },
};
