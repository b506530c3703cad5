import { type CfnElement, CfnResource, Stack } from 'aws-cdk-lib';
import { ReferenceGraph } from './reference-graph';

/** What somebody is told to do instead. */
const WAY_OUT =
  'have it read id, domain and stage of the API from the event (requestContext), or from an SSM parameter with a fixed name';

/** A way that leads from something back to the API that calls it, in words: `Orders → Orders/Role/Policy → Api`. */
export function wordsOf(way: readonly CfnElement[]): string {
  const names = way.map(nameOf);
  const shown = names.length > 6 ? [...names.slice(0, 3), '…', ...names.slice(-2)] : names;
  return shown.filter((name, index) => name !== shown[index - 1]).join(' → ');
}

/** Where an element stands in its stack, without the `Resource` of an L2. */
export function nameOf(element: CfnElement): string {
  const stack = Stack.of(element).node.path;
  const path = element.node.path.slice(stack === '' ? 0 : stack.length + 1);
  return path.replace(/\/Resource$/, '');
}

function described(element: CfnElement): string {
  const type = CfnResource.isCfnResource(element) ? element.cfnResourceType : undefined;
  if (type === 'AWS::Lambda::Function' || type === undefined) return `the function "${nameOf(element)}"`;
  return `"${nameOf(element)}" (${type})`;
}

/** A function in a document, for which nothing can stand. */
export function unboundError(
  element: CfnElement,
  isOwn: (element: CfnElement) => boolean,
  refusal: string | undefined,
): string {
  const way = wordsOf(new ReferenceGraph().path(element, isOwn) ?? [element]);
  if (refusal !== undefined) {
    return `${described(element)} is told of the API that calls it (${way}), and no stage variable can stand for it: ${refusal}; ${WAY_OUT}`;
  }
  return (
    `${described(element)} of an authorizer is told of the API that asks it (${way}), and nothing but its name can stand for it ` +
    `in the document of an HTTP API; give the function a functionName, or ${WAY_OUT}`
  );
}

/** What a document refers to beside functions, and what refers back to the API. */
export function documentError(element: CfnElement, isOwn: (element: CfnElement) => boolean): string {
  const way = wordsOf(new ReferenceGraph().path(element, isOwn) ?? [element]);
  return (
    `the API refers to ${described(element)}, which refers back to the API (${way}), so that CloudFormation can make neither ` +
    'before the other; take one of the references away: have it find the API by its domain, or by an SSM parameter with a fixed name'
  );
}

/** A document that refers to its own API. */
export function selfError(): string {
  return (
    'a route or an authorizer of the API refers to the API itself, which is not there before its document is; give it a domain ' +
    'and write that, or have the back-end called by what the route calls'
  );
}

/** What a stage waits for, and what waits for the stage. */
export function stageError(way: readonly CfnElement[], stageKey: string): string {
  return (
    `${described(way[0])} waits for the stage or the deployment that waits for it (${wordsOf(way)}); name the stage instead of ` +
    `referring to its resource: urlForStage('${stageKey}'), or the text of its name`
  );
}

/** A function of another stack. */
export function strangerError(element: CfnElement, isOwn: (element: CfnElement) => boolean): string {
  const way = wordsOf(new ReferenceGraph().path(element, isOwn) ?? [element]);
  return (
    `${described(element)} of the stack "${Stack.of(element).node.path}" is told of the API that calls it (${way}), so that each ` +
    `of both stacks would have to be there before the other; put it into the stack of the API, or ${WAY_OUT}`
  );
}

/** Whether a stack is another one, or nested in it. */
export function isWithin(stack: Stack, other: Stack): boolean {
  return stack === other || (stack.nestedStackParent !== undefined && isWithin(stack.nestedStackParent, other));
}

/** Whether two stacks are deployed as one: the same, or nested ones. */
export function isOneDeployment(a: Stack, b: Stack): boolean {
  const top = (stack: Stack): Stack => (stack.nestedStackParent ? top(stack.nestedStackParent) : stack);
  return top(a) === top(b);
}
