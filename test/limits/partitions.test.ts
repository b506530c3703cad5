import { App, Stack } from 'aws-cdk-lib';
import { templateOf } from '../support/stacks';
import { asWritten, EVERYTHING } from './everything';

/** Texts that hold only in the commercial partition. The names of service principals are the same in all of them. */
function commercial(value: unknown, path = ''): string[] {
  if (typeof value === 'string') {
    const isPrincipal = /\.(Service|Principal|iam:PassedToService|lambda:Principal)(\.\d+)?$/.test(path);
    const isTold = /arn:aws:|\.amazonaws\.com(?!\.cn)/.test(value) && !isPrincipal;
    return isTold ? [`${path}: ${value}`] : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => commercial(part, `${path}.${key}`));
}

const everywhere = Object.keys(EVERYTHING).flatMap((kind) =>
  ['cn-north-1', 'us-gov-west-1', undefined].map((region) => [kind, region] as const),
);

test.each(everywhere)('%s in %s: no ARN and no address is of the commercial partition', (kind, region) => {
  const app = new App({ context: { '@aws-cdk/core:failSynthOnValidationErrors': false } });
  const stack = new Stack(app, 'Stack', {
    env: region === undefined ? undefined : { account: '111122223333', region },
  });
  EVERYTHING[kind](stack, asWritten);
  const found = commercial(templateOf(stack));
  // AWS GovCloud (US) has the names of the commercial partition.
  expect(found.filter((text) => region !== 'us-gov-west-1' || text.includes('arn:aws:'))).toEqual([]);
});

test('what holds in the commercial partition only is seen', () => {
  expect(commercial({ a: ['arn:aws:x'], b: 'https://x.amazonaws.com/' })).toHaveLength(2);
  expect(commercial({ a: 'arn:aws-cn:x', b: 'x.amazonaws.com.cn', Service: 'lambda.amazonaws.com' })).toEqual([]);
});
