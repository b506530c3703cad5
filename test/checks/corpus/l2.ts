import { App, type CfnElement, Duration, Stack } from 'aws-cdk-lib';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { type IConstruct } from 'constructs';
import { type ValueMap } from './patch';

/** A stack whose resources have their paths, as with `cdk synth`. */
export function newStack(): Stack {
  return new Stack(new App({ context: { 'aws:cdk:enable-path-metadata': true } }), 'Stack');
}

export function handler(stack: Stack, id: string): Function {
  return new Function(stack, id, {
    runtime: Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: Code.fromInline('//'),
    timeout: Duration.seconds(10),
  });
}

/** The first construct of a kind below another. */
export function find(scope: IConstruct, kind: new (...args: never[]) => IConstruct): IConstruct {
  const found = scope.node.findAll().find((construct) => construct instanceof kind);
  if (found === undefined) throw new Error(`there is no ${kind.name} below ${scope.node.path}`);
  return found;
}

/** The resources of a stack, under the names that the same resources have in the other bases. */
export function resourcesNamed(stack: Stack, names: Record<string, IConstruct>): ValueMap {
  const { template } = (stack.node.root as App).synth().getStackByName(stack.stackName) as {
    template: { Resources: ValueMap };
  };
  let text = JSON.stringify(template.Resources);
  for (const [name, construct] of Object.entries(names)) {
    const element = (construct.node.defaultChild ?? construct) as CfnElement;
    text = text.replaceAll(`"${String(stack.resolve(element.logicalId))}"`, `"${name}"`);
  }
  return JSON.parse(text) as ValueMap;
}
