import { type CfnElement, CfnResource, Stack } from 'aws-cdk-lib';

/** The fix that errors suggest. */
const WAY_OUT =
  'have it read id, domain and stage of the API from the event (requestContext), or from an SSM parameter with a fixed name';

/** Elements, each of which depends on the next, in words: `Orders → Orders/Role/Policy → Api`. */
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

/** Elements from one that an API needs back to the API, or to the nested stack that it is in. */
export interface WayBack {
  readonly way: readonly CfnElement[];
  /** Where it ends, unless that is the API or what comes after it. */
  readonly nested?: Stack;
}

/** A function in a document that nothing can replace. */
export function unboundError({ way }: WayBack, refusal: string | undefined): string {
  const [element] = way;
  if (refusal !== undefined) {
    return `${described(element)} depends on the API that calls it (${wordsOf(way)}), and no stage variable can stand for it: ${refusal}; ${WAY_OUT}`;
  }
  return (
    `${described(element)} of an authorizer depends on the API that calls it (${wordsOf(way)}), and nothing but its name can stand for it ` +
    `in the document of an HTTP API; give the function a functionName, or ${WAY_OUT}`
  );
}

/** What a document refers to in addition to functions, and what depends on the API. */
export function documentError({ way, nested }: WayBack): string {
  return (
    `the API refers to ${described(way[0])}, which depends on ${nested ? `the nested stack "${nested.node.path}" of the API` : 'the API'} (${wordsOf(way)}), ` +
    'so CloudFormation can create neither before the other; remove one of the references: find the API by its domain, or by an SSM ' +
    'parameter with a fixed name'
  );
}

/** A document that refers to its own API. */
export function selfError(): string {
  return (
    'a route or an authorizer of the API refers to the API itself, which does not exist before its document does; give it a domain ' +
    'and write that, or have the back end called by what the route calls'
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
export function strangerError({ way, nested }: WayBack): string {
  const [element] = way;
  return (
    `${described(element)} of the stack "${Stack.of(element).node.path}" depends on ${nested ? `the nested stack "${nested.node.path}" of the API` : 'the API'} that calls it ` +
    `(${wordsOf(way)}), so each of the two stacks would have to exist before the other; put it into the stack of the API, or ${WAY_OUT}`
  );
}

/** The outermost of the nested stacks around a stack that another one is not in. Whatever refers into it waits for all of it. */
export function nestedApart(stack: Stack, other: Stack): Stack | undefined {
  const { nestedStackParent: parent } = stack;
  if (!parent || isWithin(other, stack)) return undefined;
  return nestedApart(parent, other) ?? stack;
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
