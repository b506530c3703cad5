import { type ApiDraft } from './apis';
import { INTEGRATION } from './document';
import { type ApiEvent } from './events';
import { type Expansion, type SamResource } from './expansion';
import { addRole, assumedBy } from './functions';
import { att, given, type Json, ref, sub, text } from './json';
import { addRestOperation } from './rest-events';

/** What SAM makes of an `AWS::Serverless::StateMachine`, its events apart. */
export function expandStateMachine(expansion: Expansion, resource: SamResource): void {
  const { logicalId, properties } = resource;
  expansion.replace(resource, 'AWS::StepFunctions::StateMachine', {
    StateMachineName: properties.Name,
    StateMachineType: properties.Type,
    RoleArn: given(properties.Role) ?? att(`${logicalId}Role`, 'Arn'),
  });
  if (given(properties.Role) === undefined) {
    addRole(expansion, resource, 'states.amazonaws.com');
  }
}

/** The route that starts the state machine, and the role to do so. */
export function addStateMachineEvent(expansion: Expansion, event: ApiEvent, api: ApiDraft): void {
  const { Path: path, Method: method, UnescapeMappingTemplate: isUnescaped } = event.properties;
  if (typeof path !== 'string' || typeof method !== 'string') {
    return;
  }
  const { logicalId } = event.owner;
  const role = `${logicalId}${event.name}Role`;
  const statement = { Action: 'states:StartExecution', Effect: 'Allow', Resource: ref(logicalId) };
  expansion.add(
    role,
    'AWS::IAM::Role',
    {
      AssumeRolePolicyDocument: assumedBy('apigateway.amazonaws.com'),
      Policies: [
        {
          PolicyName: `${role}StartExecutionPolicy`,
          PolicyDocument: { Version: '2012-10-17', Statement: [statement] },
        },
      ],
    },
    event.owner,
    { place: event.place },
  );
  const begun: Json = {
    [INTEGRATION]: {
      type: 'aws',
      httpMethod: 'POST',
      uri: sub('arn:${AWS::Partition}:apigateway:${AWS::Region}:states:action/StartExecution'),
      responses: { '200': { statusCode: '200' }, '400': { statusCode: '400' } },
      credentials: att(role, 'Arn'),
      requestTemplates: { 'application/json': sub(templateOf(logicalId, Boolean(isUnescaped))) },
    },
    responses: { '200': { description: 'OK' }, '400': { description: 'Bad Request' } },
  };
  const stage = text(api.resource.properties.StageName) ?? 'Stage';
  addRestOperation(expansion, event, api, { path, method, begun, stage, mayMerge: false });
}

const templateOf = (stateMachine: string, isUnescaped: boolean): string =>
  isUnescaped
    ? `{"input": "$util.escapeJavaScript($input.json('$')).replaceAll("\\\\'","'")", "stateMachineArn": "\${${stateMachine}}"}`
    : `{"input": "$util.escapeJavaScript($input.json('$'))", "stateMachineArn": "\${${stateMachine}}"}`;
