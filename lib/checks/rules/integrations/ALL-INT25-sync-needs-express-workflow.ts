import { type AnyIntegration, type V2Integration } from '../../../template/model/model';
import { type StateMachine } from '../../../template/model/neighbours';
import { actionOf, serviceOf } from '../../queries/service-calls';
import { type Rule } from '../../rule';
import { callsOf, onMethod, resourceKey } from '../../queries/common';
import { onIntegration, v2IntegrationsOf } from '../../queries/v2-integrations';
import { referencesIn, type Texts } from '../../../template/model/text';
import { type Value, knownOr } from '../../../template/model/value';

const isStandard = ({ type }: StateMachine): boolean => type === undefined || type === 'STANDARD';

/** State machines by their resources. */
type Machines = ReadonlyMap<string, StateMachine>;

/** The standard state machine that the templates, or what else is given, name. */
function named(
  { requestTemplates }: AnyIntegration,
  machines: Machines,
  others: Value<Texts> = {},
): StateMachine | undefined {
  for (const text of [...Object.values(knownOr(requestTemplates, {})), ...Object.values(knownOr(others, {}))]) {
    for (const { attribute, ...resource } of referencesIn(text)) {
      const machine = attribute === undefined || attribute === 'Arn' ? machines.get(resourceKey(resource)) : undefined;
      if (machine) return machine;
    }
  }
  return undefined;
}

/** Whether the integration starts a workflow and waits: by its subtype in an HTTP API, by its URI in a WebSocket API. */
const waitsIn = (integration: V2Integration): boolean =>
  integration.subtype === 'StepFunctions-StartSyncExecution' ||
  (integration.type === 'AWS' && serviceOf(integration) === 'states' && actionOf(integration) === 'StartSyncExecution');

export const rule: Rule = {
  id: 'ALL-INT25',
  appliesTo: ['rest', 'http', 'websocket'],
  severity: 'error',
  title: 'Only an Express workflow is run synchronously',
  why: 'StartSyncExecution runs only Express workflows. For a Standard one, Step Functions returns StateMachineTypeNotSupported for every call.',
  fix: {
    library:
      'Create the state machine with `stateMachineType: StateMachineType.EXPRESS`, or start it with ' +
      '`RestIntegration.stepFunctionsStart(…)`, `HttpIntegration.stepFunctionsStart(…)` or ' +
      '`WebSocketIntegration.stepFunctionsStart(…)`.',
    l2:
      'Set `stateMachineType: StateMachineType.EXPRESS` on the `StateMachine`, or start it with ' +
      '`HttpIntegrationSubtype.STEPFUNCTIONS_START_EXECUTION` or `new AwsIntegration({ service: "states", action: ' +
      '"StartExecution" })`.',
    cloudFormation: 'Set `StateMachineType: EXPRESS`, or call the action `StartExecution`.',
  },
  link: 'https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartSyncExecution.html',
  *check(model) {
    const standard: Machines = new Map(
      model.stateMachines.filter(isStandard).map((machine) => [resourceKey(machine.location), machine]),
    );
    for (const { method, integration } of standard.size > 0 ? callsOf(model) : []) {
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
    for (const use of standard.size > 0 ? v2IntegrationsOf(model) : []) {
      const { integration } = use;
      const machine = waitsIn(integration) ? named(integration, standard, integration.requestParameters) : undefined;
      if (machine) {
        yield onIntegration(use, `waits for ${machine.location.logicalId}, which is of type STANDARD`);
      }
    }
  },
};
