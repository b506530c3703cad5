import { Aws, CfnResource, Validations } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { type Construct } from 'constructs';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MACHINE_FINDINGS } from './acknowledgements';
import { allow, type Handler, inOrder, managedPolicy, trust } from '../authoring/handler-function';

/** The machine, and the dependency of its executions. */
export interface ReleaseMachine {
  readonly machine: CfnResource;
  /** Allows it to continue in another execution; it names the machine, which therefore cannot depend on it. */
  readonly goOn: CfnResource;
}

/** The state machine that drives a canary; a plain resource, since the module of its L1 takes long to load. */
export function releaseMachine(scope: Construct, { fn, policy }: Handler): ReleaseMachine {
  const role = new CfnRole(scope, 'MachineRole', { assumeRolePolicyDocument: trust('states.amazonaws.com') });
  const invoke = managedPolicy(scope, 'MachinePolicy', role, [allow('lambda:InvokeFunction', fn.attrArn)]);
  const machine = new CfnResource(scope, 'Machine', {
    type: 'AWS::StepFunctions::StateMachine',
    properties: {
      StateMachineType: 'STANDARD',
      RoleArn: role.attrArn,
      DefinitionString: definition(),
      DefinitionSubstitutions: { StepFunctionArn: fn.attrArn, Partition: Aws.PARTITION },
    },
  });
  inOrder(policy, invoke, machine);
  Validations.of(machine).acknowledge(...MACHINE_FINDINGS);
  const goOn = managedPolicy(scope, 'MachineGoesOnPolicy', role, [allow('states:StartExecution', machine.ref)]);
  return { machine, goOn };
}

/** The states, written compactly: a template has room for a megabyte. */
function definition(): string {
  const file = join(__dirname, '..', '..', 'assets', 'stage-canary', 'machine.json');
  return JSON.stringify(JSON.parse(readFileSync(file, 'utf8')));
}
