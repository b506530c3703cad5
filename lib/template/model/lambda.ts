import { type LambdaTarget } from './common';
import { type Located } from './place';
import { type Text } from './text';
import { type Value } from './value';

export interface LambdaFunction extends Located {
  readonly name?: Value<string>;
  readonly timeoutInSeconds?: Value<number>;
}

export interface LambdaPermission extends Located {
  readonly target?: LambdaTarget;
  readonly action?: Value<string>;
  readonly principal?: Value<string>;
  readonly sourceArn?: Text;
  readonly sourceAccount?: Text;
}
