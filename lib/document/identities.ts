import {
  CfnElement,
  type CfnResource,
  DefaultTokenResolver,
  type IPostProcessor,
  type IResolvable,
  type IResolveContext,
  Reference,
  Stack,
  StringConcat,
  Tokenization,
} from 'aws-cdk-lib';

/** A value with each reference as stack and logical id of its target, from wherever it is used. */
export function identities(value: unknown, scope: CfnResource): unknown {
  return unwrapped(references(value, scope));
}

/**
 * The same with each reference inside an object that CDK considers an intrinsic function, so an L1 accepts it for a
 * property that is not a string.
 */
export function references(value: unknown, scope: CfnResource): unknown {
  return Tokenization.resolve(value, { scope, resolver: new IdentityResolver(), preparing: false });
}

/** A prefix that no logical id or parameter has. */
const MARK = '\u0000';

/** References without their wrapping. */
export function unwrapped(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(unwrapped);
  const { Ref: ref, 'Fn::Join': join } = value as { readonly Ref?: unknown; readonly 'Fn::Join'?: unknown };
  if (typeof ref === 'string' && ref.startsWith(MARK)) return ref.slice(MARK.length);
  if (Array.isArray(join) && Array.isArray(join[1])) return joined(String(join[0]), join[1].map(unwrapped));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unwrapped(item)]));
}

/** As CDK joins: adjacent strings are one. */
function joined(delimiter: string, parts: readonly unknown[]): unknown {
  const left: unknown[] = [];
  for (const part of parts) {
    const last = left.at(-1);
    if (typeof last === 'string' && typeof part === 'string') left[left.length - 1] = `${last}${delimiter}${part}`;
    else left.push(part);
  }
  return left.length === 1 ? left[0] : { 'Fn::Join': [delimiter, left] };
}

/** Resolves references to the identity of their target instead of to an intrinsic. */
class IdentityResolver extends DefaultTokenResolver {
  constructor() {
    super(new StringConcat());
  }

  public override resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): unknown {
    if (Reference.isReference(token) && CfnElement.isCfnElement(token.target)) {
      const stack = Stack.of(token.target);
      return { Ref: `${MARK}${stack.node.path}/${String(stack.resolve(token.target.logicalId))}.${token.displayName}` };
    }
    return super.resolveToken(token, context, postProcessor);
  }

  public override resolveString(...[fragments, context]: Parameters<DefaultTokenResolver['resolveString']>): unknown {
    return fragments
      .mapTokens({
        mapToken: (token) => JSON.stringify(unwrapped(context.resolve(token))) as unknown as IResolvable,
      })
      .join({ join: (left: unknown, right: unknown) => `${String(left ?? '')}${String(right ?? '')}` });
  }
}
