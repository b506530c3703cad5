import { type Rule } from '../../rule';

export const rule: Rule = {
  id: 'TPL3',
  appliesTo: ['rest', 'http', 'websocket', 'domain'],
  severity: 'error',
  title: 'The resources of an API do not refer to each other in a circle',
  why: 'CloudFormation creates a resource after those that it refers to. It rejects a template in which none of several can be the first, and a resource that refers to itself: "Circular dependency between resources".',
  fix: {
    library:
      'Pass the function an address that it looks up when it runs, e.g. a parameter of Systems Manager; a resource policy needs no id of its API.',
    l2: 'Do not pass the id or URL of the API to a function or role that it uses; write `execute-api:/*` in the resource policy.',
    cloudFormation:
      'Remove one of the references. The policy of an API is written without its id: `execute-api:/*` as the `Resource`.',
  },
  link: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/troubleshooting.html',
  *check(model) {
    for (const { logicalIds, location } of model.circles) {
      const [first, ...others] = logicalIds;
      const message =
        others.length === 0
          ? `${first} refers to itself`
          : `${[...logicalIds, first].join(' → ')} is a circle of references`;
      yield { location, message };
    }
  },
};
