import { type IPostProcessor, type IResolvable, type IResolveContext, Token } from 'aws-cdk-lib';
import { filled, type Skeleton, takeApart } from './skeleton';

/**
 * A list of a property as one token, built again each time it is resolved. As with `SplicedBody`, CDK sees only the references
 * inside: it would resolve every element of a long list four times.
 */
export class SplicedList implements IResolvable {
  public readonly creationStack = [];

  constructor(private readonly produce: () => object[]) {}

  public resolve(context: IResolveContext): unknown {
    const skeleton = takeApart(this.produce());
    context.registerPostProcessor(new Fill(skeleton));
    // Each in an object: CDK drops elements of a list that resolve to undefined, and the others would move up.
    return skeleton.values.map((value) => ({ value }));
  }

  public toString(): string {
    return Token.asString(this);
  }
}

class Fill implements IPostProcessor {
  constructor(private readonly skeleton: Skeleton<object[]>) {}

  public postProcess(resolved: unknown): unknown {
    const values = (resolved as { readonly value?: unknown }[]).map(({ value }) => value);
    return filled(this.skeleton, values);
  }
}
