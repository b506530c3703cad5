import { type Rule } from '../../rule';

export const rule: Rule = {
  id: 'TPL2',
  appliesTo: ['rest', 'http', 'websocket'],
  severity: 'warning',
  title: 'A template has each key once',
  why: 'CloudFormation uses the last of several equal keys without a warning: the content of the others, even a whole resource, is never deployed.',
  fix: {
    library: 'Correct the file that is included: the constructs write each key once.',
    l2: 'Correct the file that is included: the CDK writes each key once.',
    cloudFormation: 'Delete or rename one of the keys; merge their content if both are needed.',
  },
  link: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resources-section-structure.html',
  *check({ duplicateKeys }) {
    for (const { location, key, lost, kept } of duplicateKeys) {
      const lines = lost.line === kept.line ? `twice in line ${kept.line}` : `in lines ${lost.line} and ${kept.line}`;
      const counts = lost.line === kept.line ? 'only the last one counts' : `only line ${kept.line} counts`;
      yield { location, position: lost, message: `"${key}" is written ${lines}: ${counts}` };
    }
  },
};
